import type { Document } from './index-data.ts'
import type { Mapping } from './mapping.ts'
import { fieldOf, type Matcher } from './query.ts'
import { illegal, type Json, list, object, oneOf, onlyEntry, parsing } from './refusal.ts'

const DAY_MS = 86_400_000
const KINDS = ['field_value_factor', 'gauss', 'weight']

type Factor = (document: Document) => number | null

/** What a `function_score` multiplies by. */
export function readScoring(
  given: Json,
  mapping: Mapping,
  readQuery: (query: unknown, mapping: Mapping) => Matcher,
): (document: Document) => number {
  oneOf(given.score_mode, ['multiply'], 'score_mode')
  oneOf(given.boost_mode, ['multiply'], 'boost_mode')
  const factors = list(given.functions, 'functions').map((entry) => {
    const { filter, ...rest } = object(entry, ['filter', ...KINDS], 'functions')
    const [kind, body] = onlyEntry(rest, 'functions')
    const applies = filter === undefined ? () => 1 : readQuery(filter, mapping)
    const factor = readFactor(kind, body, mapping)
    return (document: Document) => (applies(document) === null ? 1 : (factor(document) ?? 1))
  })
  return (document) => factors.reduce((product, factor) => product * factor(document), 1)
}

function readFactor(kind: string, body: unknown, mapping: Mapping): Factor {
  if (kind === 'weight') return () => body as number
  if (kind === 'field_value_factor') {
    const { field, modifier, missing } = object(body, ['field', 'modifier', 'missing'], kind)
    fieldOf(field as string, mapping, ['long', 'integer'])
    oneOf(modifier, ['log2p'], 'modifier')
    return (document) => Math.log10(Number(document.values(field as string)[0] ?? missing) + 2)
  }
  const [name, given] = onlyEntry(body, kind)
  fieldOf(name, mapping, ['date'])
  const { origin, offset, scale, decay } = object(given, ['origin', 'offset', 'scale', 'decay'], kind)
  if (origin !== 'now') throw illegal(`unexpected origin [${String(origin)}]`)
  const [near, far] = [days(offset), days(scale)]
  return (document) => {
    const at = document.values(name)[0]
    if (at === undefined) return null
    const distance = Math.max(0, Math.abs(Date.now() - Number(at)) - near)
    return Math.exp((Math.log(decay as number) * distance ** 2) / far ** 2)
  }
}

function days(text: unknown): number {
  const [, count] = String(text).match(/^(\d+)d$/) ?? []
  if (!count) throw parsing(`failed to parse [${String(text)}] as a duration`)
  return Number(count) * DAY_MS
}
