import { type Graph, properStatusIn, statusIn, type ViewerFilterRow } from '../graph/index.ts'
import { plainText } from '../kernel/text/plain-text.ts'

export interface FilterMatch {
  /** The first words that matched; null when none did. */
  keywords: string[] | null
  /** Statuses the filter names; null when it names none at all. */
  statuses: string[] | null
}

/**
 * Whether a filter catches a status, by a keyword anywhere in it or by naming it or what it reblogs. A wrapper is
 * judged by what it reblogs.
 *
 * @see https://docs.joinmastodon.org/methods/filters/
 */
export function matchFilter(graph: Graph, filter: ViewerFilterRow, statusId: string): FilterMatch | null {
  const status = statusIn(graph, statusId)
  const pattern = keywordPattern(filter)
  const found = pattern?.exec(searchableText(graph, properStatusIn(graph, statusId).id))?.[0]
  const ids = [status.id, status.reblog_of_id]
  const statuses =
    filter.status_ids.length === 0
      ? null
      : ids.filter((id): id is string => id !== null && filter.status_ids.includes(id))
  if (!found && !statuses?.length) return null
  return { keywords: found ? [found] : null, statuses }
}

const patterns = new WeakMap<ViewerFilterRow, RegExp | null>()

/** All keywords of a filter as one expression; built once a graph. */
export function keywordPattern(filter: ViewerFilterRow): RegExp | null {
  let pattern = patterns.get(filter)
  if (pattern === undefined) {
    const words = filter.keywords.filter((each) => each.keyword !== '').map(expression)
    pattern = words.length === 0 ? null : new RegExp(words.join('|'), 'iu')
    patterns.set(filter, pattern)
  }
  return pattern
}

const WORD = '[\\p{L}\\p{M}\\p{N}\\p{Pc}]'
const STARTS_WITH_WORD = new RegExp(`^${WORD}`, 'u')
const ENDS_WITH_WORD = new RegExp(`${WORD}$`, 'u')

/** A whole word ends where no letter follows; a keyword that begins with a sign needs nothing before it. */
function expression({ keyword, whole_word }: ViewerFilterRow['keywords'][number]): string {
  const escaped = keyword.replace(/[\\^$.*+?()[\]{}|/-]/g, (sign) => `\\${sign}`)
  if (!whole_word) return escaped
  const before = STARTS_WITH_WORD.test(keyword) ? `(?<!${WORD})` : ''
  const after = ENDS_WITH_WORD.test(keyword) ? `(?!${WORD})` : ''
  return `${before}${escaped}${after}`
}

const texts = new WeakMap<object, string>()

/** What keywords are looked for in: warning, text without mark-up, poll options and descriptions of media. */
function searchableText(graph: Graph, statusId: string): string {
  const status = statusIn(graph, statusId)
  const known = texts.get(status)
  if (known !== undefined) return known
  const text = [
    status.spoiler_text,
    status.local ? status.text : plainText(status.text),
    (graph.polls.get(statusId)?.options ?? []).join('\n\n'),
    (graph.media.get(statusId) ?? []).flatMap((media) => media.description ?? []).join('\n\n'),
  ]
    .filter((part) => part.trim() !== '')
    .join('\n\n')
  texts.set(status, text)
  return text
}
