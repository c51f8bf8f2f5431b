import { accountIn, type Graph, NO_RELATION, statusIn } from '../graph/index.ts'
import type { StatusFacts } from './status.ts'

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
  }
}
