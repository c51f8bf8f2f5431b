import { scanEntities } from './scan.ts'

/** What every link counts for, whatever its length. */
export const CHARACTERS_RESERVED_PER_URL = 23

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })
const ASCII = /^[\x20-\x7e\n]*$/

/**
 * Counts a status as its author sees it: graphemes of content warning and text, a link as 23, `@user@domain` as `@user`.
 *
 * @param stopAfter counting may end once it is past this number, so that a huge text costs no more than a long one
 */
export function countCharacters(text: string, spoiler = '', stopAfter = Number.POSITIVE_INFINITY): number {
  let countable = spoiler
  let urls = 0
  let position = 0
  for (const entity of scanEntities(text)) {
    if (entity.kind === 'hashtag') continue
    countable += text.slice(position, entity.start)
    if (entity.kind === 'mention') countable += `@${entity.username}`
    else {
      // A stand-in of its own, so that no grapheme grows together with what surrounds the link.
      countable += '\n'
      urls += 1
    }
    position = entity.end
  }
  countable += text.slice(position)
  return countGraphemes(countable, stopAfter) + urls * (CHARACTERS_RESERVED_PER_URL - 1)
}

/** The number of graphemes, or any number above `stopAfter` once it is passed. */
export function countGraphemes(text: string, stopAfter = Number.POSITIVE_INFINITY): number {
  if (ASCII.test(text)) return text.length
  let count = 0
  for (const _segment of graphemes.segment(text)) {
    count += 1
    if (count > stopAfter) break
  }
  return count
}
