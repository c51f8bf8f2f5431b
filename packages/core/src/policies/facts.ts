import { stored, VISIBILITIES } from '@anancus/db'
import { accountIn, type Graph, NO_RELATION, statusIn } from '../graph/index.ts'
import type { StatusFacts } from './status.ts'

const PUBLICLY = stored(VISIBILITIES, 'public')

/** What a graph knows about a status and its author, for the policies of `policies/status.ts`. */
export function statusFacts(graph: Graph, statusId: string): StatusFacts {
  const status = statusIn(graph, statusId)
  const relation = graph.relations.get(status.account_id) ?? NO_RELATION
  const viewerId = graph.viewer?.account.id
  return {
    status,
    authorSuspended: accountIn(graph, status.account_id).suspended_at !== null,
    isFollower: relation.following !== null,
    isMentioned: (graph.mentions.get(statusId) ?? []).some((account) => account.id === viewerId),
    blockedByAuthor: relation.blockedBy,
    blockingAuthor: relation.blocking,
    hiddenFromVisitors: isHidden(graph.hiding.get(status.account_id), status.visibility),
  }
}

function isHidden(hiding: { public: boolean; unlisted: boolean } | undefined, visibility: number): boolean {
  if (!hiding) return false
  return visibility === PUBLICLY ? hiding.public : hiding.unlisted
}
