import { type Graph, properStatusIn, statusIn, type ViewerFilterRow } from '../graph/index.ts'
import { find, haystackOf, type Needle, needleOf } from '../kernel/text/find-words.ts'
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
  const found = caughtWords(filter, searchableText(graph, properStatusIn(graph, statusId).id))
  const ids = [status.id, status.reblog_of_id]
  const statuses =
    filter.status_ids.length === 0
      ? null
      : ids.filter((id): id is string => id !== null && filter.status_ids.includes(id))
  if (!found && !statuses?.length) return null
  return { keywords: found ? [found] : null, statuses }
}

/** Characters of a status that keywords are looked for in. Nobody reads further, and a remote one may have a million. */
const MAX_SEARCHED = 20_000

/** The first words of a text that one of the filter's keywords catches, as they stand there; null when none does. */
export function caughtWords(filter: ViewerFilterRow, whole: string): string | null {
  const haystack = haystackOf(whole.slice(0, MAX_SEARCHED))
  let first: { at: number; length: number } | null = null
  for (const needle of needlesOf(filter)) {
    const at = find(haystack, needle)
    if (at !== -1 && (first === null || at < first.at)) first = { at, length: needle.folded.length }
  }
  return first && haystack.text.slice(first.at, first.at + first.length)
}

const needles = new WeakMap<ViewerFilterRow, Needle[]>()

function needlesOf(filter: ViewerFilterRow): Needle[] {
  let known = needles.get(filter)
  if (known === undefined) {
    known = filter.keywords.map(({ keyword, whole_word }) => needleOf(keyword, whole_word))
    needles.set(filter, known)
  }
  return known
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
