import { type Graph, NO_RELATION } from '../../graph/index.ts'
import type { Relationship } from '../types/index.ts'
import { toIsoSeconds } from './dates.ts'

/**
 * What stands between the viewer and an account. The terms of a follow are also told of a pending request.
 *
 * @see https://docs.joinmastodon.org/entities/Relationship/
 */
export function relationshipJson(graph: Graph, accountId: string): Relationship {
  const relation = graph.relations.get(accountId) ?? NO_RELATION
  const terms = relation.following ?? relation.requested
  return {
    id: accountId,
    following: relation.following !== null,
    showing_reblogs: terms?.showReblogs ?? false,
    notifying: terms?.notify ?? false,
    languages: terms?.languages ?? null,
    followed_by: relation.followedBy,
    blocking: relation.blocking,
    blocked_by: relation.blockedBy,
    muting: relation.muting !== null,
    muting_notifications: relation.muting?.hideNotifications ?? false,
    muting_expires_at: toIsoSeconds(relation.muting?.expiresAt ?? null),
    requested: relation.requested !== null,
    requested_by: relation.requestedBy,
    domain_blocking: relation.domainBlocking,
    endorsed: relation.endorsed,
    note: relation.note,
  }
}
