/** What every address counts, however long it is. */
const URL_CHARACTERS = 23

const ADDRESS = /(?<![\p{L}\p{N}@#/])https?:\/\/[^\s<>"'“”‘’«»]+/giu
const HANDLE =
  /(?<![\p{L}\p{N}/@])@([\p{L}\p{N}_]+(?:[\p{L}\p{N}_.-]*[\p{L}\p{N}_])?)@[\p{L}\p{N}.-]+[\p{L}\p{N}]+/giu
const TRAILING = /[.,;:!?]+$/

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

/** What ends a sentence or closes a bracket opened before the address is no part of it. */
function tailOf(address: string): string {
  const bare = address.replace(TRAILING, '')
  const unopened = bare.endsWith(')') && count(bare, ')') > count(bare, '(') ? bare.slice(0, -1) : bare
  return address.slice(unopened.length)
}

function count(text: string, character: string): number {
  return text.split(character).length - 1
}

function graphemes(text: string): number {
  let sum = 0
  for (const _ of segmenter.segment(text)) sum += 1
  return sum
}
