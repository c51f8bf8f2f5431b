import type { PollRow } from '@anancus/db'
import { accountIn, type Graph } from '../../graph/index.ts'
import type { Poll } from '../types/index.ts'
import { emojisOf } from './custom-emoji.ts'
import { toIso } from './dates.ts'

/** @see https://docs.joinmastodon.org/entities/Poll/ */
export function pollBaseJson(graph: Graph, poll: PollRow): Poll {
  const isOver = poll.expires_at !== null && poll.expires_at <= graph.now
  const showsTotals = isOver || !poll.hide_totals
  const { domain } = accountIn(graph, poll.account_id)
  return {
    id: poll.id,
    expires_at: toIso(poll.expires_at),
    expired: isOver,
    multiple: poll.multiple,
    votes_count: Number(poll.votes_count),
    voters_count: poll.voters_count === null ? null : Number(poll.voters_count),
    options: poll.options.map((title, index) => ({
      title,
      votes_count: showsTotals ? Number(poll.cached_tallies[index] ?? 0) : null,
    })),
    emojis: emojisOf(graph, poll.options.join(' '), domain),
  }
}

/** What the viewer voted for; an author counts as having voted. */
export function pollViewerPart(graph: Graph, poll: PollRow): Pick<Poll, 'voted' | 'own_votes'> {
  if (!graph.viewer) return {}
  const votes = graph.marks.votes.get(poll.status_id) ?? []
  return { voted: votes.length > 0 || graph.viewer.account.id === poll.account_id, own_votes: [...votes] }
}

export function pollJson(graph: Graph, poll: PollRow): Poll {
  return { ...pollBaseJson(graph, poll), ...pollViewerPart(graph, poll) }
}
