/** What every address counts, however long it is. */
const URL_CHARACTERS = 23

const SCHEME = '(?:https?|dat|dweb|ipfs|ipns|ssb|gopher|gemini)'
const HOST = '(?:[\\p{L}\\p{N}_-]+\\.)+\\p{L}[\\p{L}\\p{N}-]*(?::\\d+)?'
const REST = '(?:[/?#][^\\s<>"“”‘’«»]*)?'
/** Scripts without spaces write addresses right behind a word; only Latin letters and digits before one spoil it. */
const ADDRESS = new RegExp(`(?<![A-Za-z0-9@＠$#＃])${SCHEME}://${HOST}${REST}`, 'giu')
const HANDLE =
  /(?<![\p{L}\p{N}/@])@([\p{L}\p{N}_]+(?:[\p{L}\p{N}_.-]*[\p{L}\p{N}_])?)@[\p{L}\p{N}.-]+[\p{L}\p{N}]+/giu
const TRAILING = /[.,;:!?'…]+$/
const BRACKETS = [
  ['(', ')'],
  ['[', ']'],
] as const

const segmenter = new Intl.Segmenter()

/**
 * Counts as the server does: what a reader sees as one character is one, an address is 23 long, and of a full handle
 * only the name counts. Content warning and text share the limit.
 */
export function countCharacters(text: string, warning: string): number {
  return graphemes(warning) + graphemes(shortened(text))
}

function shortened(text: string): string {
  return text
    .replace(ADDRESS, (address) => 'x'.repeat(URL_CHARACTERS) + tailOf(address))
    .replace(HANDLE, (_handle, name: string) => `@${name}`)
}

/** What ends a sentence, or closes a bracket opened before the address, is no part of it. */
function tailOf(address: string): string {
  let bare = address.replace(TRAILING, '')
  for (const [open, close] of BRACKETS)
    if (bare.endsWith(close) && count(bare, close) > count(bare, open)) bare = bare.slice(0, -1)
  return address.slice(bare.length)
}

function count(text: string, character: string): number {
  return text.split(character).length - 1
}

function graphemes(text: string): number {
  let sum = 0
  for (const _ of segmenter.segment(text)) sum += 1
  return sum
}
