import { type Chance, chance, zipf } from './random.ts'

const WORDS_PER_LANGUAGE = 20_000
/** How often posts are in a language, in percent. */
const SHARES: readonly (readonly [language: string, percent: number])[] = [
  ['en', 52],
  ['de', 14],
  ['ja', 10],
  ['fr', 9],
  ['es', 8],
  ['nl', 4],
  ['pt', 3],
]
const SYLLABLES: Readonly<Record<string, readonly string[]>> = {
  en: [
    'ba',
    'cor',
    'den',
    'fel',
    'gar',
    'hol',
    'ing',
    'lan',
    'mor',
    'nes',
    'pen',
    'ran',
    'stu',
    'ter',
    'wil',
    'ath',
  ],
  de: [
    'bau',
    'der',
    'ent',
    'fah',
    'gen',
    'heim',
    'ich',
    'kel',
    'lie',
    'mau',
    'nau',
    'schö',
    'tür',
    'ver',
    'wei',
    'zug',
  ],
  ja: ['花', '鳥', '風', '月', '山', '川', '海', '空', '電車', '猫', '本', '夜', '朝', '雨', '雪', '町'],
  fr: [
    'bon',
    'cha',
    'del',
    'eau',
    'fin',
    'gué',
    'lou',
    'mer',
    'nuit',
    'pré',
    'rou',
    'soi',
    'tra',
    'ver',
    'vin',
    'çon',
  ],
  es: [
    'ama',
    'bar',
    'cal',
    'dor',
    'ezu',
    'flor',
    'gua',
    'ilo',
    'lla',
    'mar',
    'niño',
    'pue',
    'rí',
    'sol',
    'tie',
    'vez',
  ],
  nl: [
    'aar',
    'bij',
    'dag',
    'een',
    'fie',
    'goe',
    'huis',
    'ijk',
    'koe',
    'lui',
    'mooi',
    'oud',
    'rij',
    'sche',
    'uit',
    'zon',
  ],
  pt: [
    'ado',
    'bel',
    'cão',
    'dia',
    'fei',
    'gra',
    'inho',
    'lho',
    'mão',
    'noi',
    'pão',
    'que',
    'rua',
    'sau',
    'tar',
    'vid',
  ],
}
const ENDINGS = ['', '', '', 's', 'ing', 'ed']
const HALF_OF_A_LANGUAGE = 0x5f3759df

const vocabularies = new Map<string, readonly string[]>()

/** The word of a rank in a language: rank 0 is in most posts, rank 19,999 in hardly any. The same in every run. */
export function wordOf(language: string, rank: number): string {
  const words = vocabularies.get(language) ?? vocabulary(language)
  return words[rank % words.length] as string
}

function vocabulary(language: string): readonly string[] {
  const syllables = SYLLABLES[language] as readonly string[]
  const dice = chance(HALF_OF_A_LANGUAGE ^ language.charCodeAt(0) ^ (language.charCodeAt(1) << 8))
  const words = new Set<string>()
  while (words.size < WORDS_PER_LANGUAGE)
    words.add(
      Array.from({ length: 2 + dice.below(4) }, () => syllables[dice.below(syllables.length)]).join(''),
    )
  const list = [...words]
  vocabularies.set(language, list)
  return list
}

/** The language of a post. */
export function languageOf(dice: Chance): string {
  let point = dice.below(100)
  for (const [language, percent] of SHARES) {
    if (point < percent) return language
    point -= percent
  }
  return 'en'
}

/** A text of some words; English ones are inflected, so that stemming has something to do. */
export function sentence(dice: Chance, language: string, words: number): string {
  const parts = Array.from({ length: words }, () => {
    const word = wordOf(language, zipf(dice, WORDS_PER_LANGUAGE))
    return language === 'en' ? word + ENDINGS[dice.below(ENDINGS.length)] : word
  })
  return `${parts.join(language === 'ja' ? '' : ' ')}.`
}
