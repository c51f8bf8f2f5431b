import { named, type StatusRow, VISIBILITIES } from '@anancus/db'
import type { Graph } from '../../graph/index.ts'
import type { Reaction, Status } from '../types/index.ts'
import { pictureUrls } from './custom-emoji.ts'
import { filterResultsJson } from './filter-result.ts'

type Marks = Pick<Status, 'bookmarked' | 'favourited' | 'filtered' | 'muted' | 'pinned' | 'reblogged'>

const PINNABLE = new Set(['public', 'unlisted', 'private'])

/** What the viewer has done with a status, and which filters catch it; nothing for the anonymous. */
export function statusMarks(graph: Graph, status: StatusRow): Marks {
  if (!graph.viewer) return {}
  const { marks } = graph
  return {
    favourited: marks.favourited.has(status.id),
    reblogged: marks.reblogged.has(status.id),
    muted: marks.muted.has(status.id),
    bookmarked: marks.bookmarked.has(status.id),
    filtered: filterResultsJson(graph, status.id),
    ...(isPinnable(graph, status) ? { pinned: marks.pinned.has(status.id) } : {}),
  }
}

/** What others react to a status with, and whether the viewer is among them. */
export function statusReactions(graph: Graph, status: StatusRow): Reaction[] {
  const own = graph.marks.reactions.get(status.id)
  return (graph.reactions.get(status.id) ?? []).map(({ name, count, emoji }) => ({
    name,
    count,
    ...(graph.viewer ? { me: own?.has(name) === true } : {}),
    ...(emoji && pictureUrls(graph, emoji)),
  }))
}

function isPinnable(graph: Graph, status: StatusRow): boolean {
  if (graph.viewer?.account.id !== status.account_id || status.reblog_of_id !== null) return false
  return PINNABLE.has(named(VISIBILITIES, status.visibility))
}
