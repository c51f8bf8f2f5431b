/*
 * Finds words that users chose in texts that others wrote, without expressions: both may be made to be slow. Case does
 * not count, by Unicode's simple folding, so that what is found is as long as what was looked for.
 */

/** What may be looked for. */
export interface Needle {
  folded: string
  /** Must not go on with a letter, digit or joiner on this side. */
  isWholeBefore: boolean
  isWholeAfter: boolean
}

/** A text in which things are looked for. */
export interface Haystack {
  text: string
  folded: string
  /** 1 for each code unit of a letter, mark, digit or joiner. */
  isWord: Uint8Array
}

const WORD = /[\p{L}\p{M}\p{N}\p{Pc}]/gu
const STARTS_WITH_WORD = /^[\p{L}\p{M}\p{N}\p{Pc}]/u
const ENDS_WITH_WORD = /[\p{L}\p{M}\p{N}\p{Pc}]$/u
/** Characters that may be compared in vain for one needle: only a text that is made for it needs more. */
const MAX_VAIN = 50_000
/** The one letter that becomes the capital of another. */
const DOTLESS_I = 'ı'

/** Prepares a keyword. A whole word that begins or ends with a sign needs nothing on that side. */
export function needleOf(keyword: string, isWhole: boolean): Needle {
  return {
    folded: fold(keyword),
    isWholeBefore: isWhole && STARTS_WITH_WORD.test(keyword),
    isWholeAfter: isWhole && ENDS_WITH_WORD.test(keyword),
  }
}

let last: Haystack = { text: '', folded: '', isWord: new Uint8Array() }

/** Prepares a text; the last one is kept, since one text meets many needles in a row. */
export function haystackOf(text: string): Haystack {
  if (last.text === text) return last
  const isWord = new Uint8Array(text.length)
  for (const { 0: character, index } of text.matchAll(WORD)) isWord.fill(1, index, index + character.length)
  last = { text, folded: fold(text), isWord }
  return last
}

/** Where a needle first is, or −1. Linear in the text, whatever the two are. */
export function find({ folded, isWord }: Haystack, needle: Needle): number {
  const { length } = needle.folded
  let vain = 0
  let at = length === 0 ? -1 : folded.indexOf(needle.folded)
  while (at !== -1 && vain <= MAX_VAIN) {
    const isInside = needle.isWholeBefore && at > 0 && isWord[at - 1] === 1
    const goesOn = needle.isWholeAfter && isWord[at + length] === 1
    if (!isInside && !goesOn) return at
    vain += length
    let next = at + 1
    // Inside a word there is no beginning of one: all of it is passed over.
    if (needle.isWholeBefore) while (isWord[next - 1] === 1 && next < folded.length) next += 1
    at = folded.indexOf(needle.folded, next)
  }
  return -1
}

/** One spelling of a text, as long as the text. */
function fold(text: string): string {
  return text
    .replace(/[a-z]+/g, (letters) => letters.toUpperCase())
    .replace(/[\u0080-\u{10FFFF}]/gu, foldCharacter)
}

function foldCharacter(character: string): string {
  const lower = character.toLowerCase()
  if (lower.length !== character.length || character === DOTLESS_I) return character
  const upper = lower.toUpperCase()
  return upper.length === lower.length ? upper : lower
}
