import { illegal, type Json, list, object, string, whole } from './refusal.ts'

/**
 * The part of text analysis that we use. Tokens come out as the real thing documents it, save the stemmer, which knows the
 * commonest endings of English only.
 */

export interface Token {
  text: string
  position: number
}

type Filter = (tokens: Token[]) => Token[]
export type Analyzer = (text: string) => Token[]

export interface Analysis {
  analyzers: Map<string, Analyzer>
  normalizers: Map<string, (text: string) => string>
}

const each =
  (change: (text: string) => string): Filter =>
  (tokens) =>
    tokens.map((token) => ({ ...token, text: change(token.text) }))

const LETTERS: Record<string, string> = { ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', đ: 'd', ł: 'l', ı: 'i' }

const fold = (text: string) =>
  text
    .replace(/[ßæœøđłı]/g, (letter) => LETTERS[letter] ?? letter)
    .replace(/[\u00c0-\u024f\u1e00-\u1eff]/g, (letter) => letter.normalize('NFD').replace(/\p{M}/gu, ''))

const STOP_WORDS = new Set(
  'a an and are as at be but by for if in into is it no not of on or such that the their then there these they this to was will with'.split(
    ' ',
  ),
)

function stem(word: string): string {
  if (word.length < 4) return word
  const singular = word.replace(/ies$/, 'y').replace(/(ss|us)$|s$/, '$1')
  const base = singular.replace(/(ing|ed|ly)$/, '')
  return base.length >= 3 ? base.replace(/([^aeiouls])\1$/, '$1').replace(/[ey]$/, '') : singular
}

const BUILT_IN: Record<string, Filter> = {
  lowercase: each((text) => text.toLowerCase()),
  asciifolding: each(fold),
  cjk_width: each((text) => text.replace(/[\uff01-\uff5e\uff66-\uff9f]/g, (wide) => wide.normalize('NFKC'))),
  elision: each((text) => text.replace(/^(l|m|t|qu|n|s|j|d|c|jusqu|quoiqu|lorsqu|puisqu)['’]/, '')),
}

function customFilter(name: string, given: unknown): Filter {
  const { type, ...options } = object(given, Object.keys((given ?? {}) as object), name)
  if (type === 'stop') {
    const { stopwords } = object(options, ['stopwords'], name)
    if (stopwords !== '_english_') throw illegal(`Unknown stop words [${String(stopwords)}]`)
    return (tokens) => tokens.filter((token) => !STOP_WORDS.has(token.text))
  }
  if (type === 'stemmer') {
    const { language } = object(options, ['language'], name)
    if (language === 'possessive_english') return each((text) => text.replace(/['’]s$/, ''))
    if (language === 'english') return each(stem)
    throw illegal(`Invalid stemmer class specified: ${String(language)}`)
  }
  if (type === 'edge_ngram') {
    const { min_gram, max_gram } = object(options, ['min_gram', 'max_gram'], name)
    const [least, most] = [whole(min_gram, name, 1), whole(max_gram, name, 1)]
    return (tokens) =>
      tokens.flatMap(({ text, position }) => {
        const letters = [...text]
        const last = Math.min(most, letters.length)
        return Array.from({ length: Math.max(0, last - least + 1) }, (_, more) => ({
          text: letters.slice(0, least + more).join(''),
          position,
        }))
      })
  }
  throw illegal(`Unknown filter type [${String(type)}] for [${name}]`)
}

/** Words by UAX 29: single characters of Han and Hiragana, everything else by its run. */
const WORDS =
  /[\p{Script=Han}\p{Script=Hiragana}]|\p{Script=Katakana}+|[\p{L}\p{N}\p{M}_]+(?:['’.:](?=[\p{L}\p{N}])[\p{L}\p{N}\p{M}_]+)*|\p{Extended_Pictographic}/gu

function standard(text: string): Token[] {
  return [...text.matchAll(WORDS)].map(([word], position) => ({ text: word, position }))
}

/** @throws Refusal 400, as for an index that uses what is not defined */
export function readAnalysis(given: unknown): Analysis {
  const {
    filter = {},
    analyzer = {},
    normalizer = {},
  } = object(given ?? {}, ['filter', 'analyzer', 'normalizer'], 'analysis')
  const own = new Map(Object.entries(filter as Json).map(([name, of]) => [name, customFilter(name, of)]))
  const filterNamed = (name: unknown, user: string): Filter => {
    const found = own.get(string(name, user)) ?? BUILT_IN[name as string]
    if (!found) throw illegal(`Custom Analyzer [${user}] failed to find filter under name [${String(name)}]`)
    return found
  }
  const analyzers = new Map<string, Analyzer>()
  for (const [name, of] of Object.entries(analyzer as Json)) {
    const { type, tokenizer, filter: used } = object(of, ['type', 'tokenizer', 'filter'], name)
    if (type !== 'custom' || tokenizer !== 'standard') throw illegal(`Unknown analyzer [${name}]`)
    const filters = list(used, name).map((filterName) => filterNamed(filterName, name))
    analyzers.set(name, (text) => filters.reduce((tokens, run) => run(tokens), standard(text)))
  }
  const normalizers = new Map<string, (text: string) => string>()
  for (const [name, of] of Object.entries(normalizer as Json)) {
    const { type, filter: used } = object(of, ['type', 'filter'], name)
    if (type !== 'custom') throw illegal(`Unknown normalizer [${name}]`)
    const filters = list(used, name).map((filterName) => filterNamed(filterName, name))
    normalizers.set(
      name,
      (text) => filters.reduce((tokens, run) => run(tokens), [{ text, position: 0 }])[0]?.text ?? '',
    )
  }
  return { analyzers, normalizers }
}
