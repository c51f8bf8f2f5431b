import type { RelationRow } from '@anancus/db/queries/graph/relations'
import type { FollowTerms, Relation } from './graph.ts'

/** Between strangers. */
export const NO_RELATION: Readonly<Relation> = Object.freeze({
  following: null,
  followedBy: false,
  requested: null,
  requestedBy: false,
  blocking: false,
  blockedBy: false,
  muting: null,
  domainBlocking: false,
  endorsed: false,
  note: '',
})

export function relationsFrom(rows: readonly RelationRow[]): Map<string, Relation> {
  const relations = new Map<string, Relation>()
  for (const row of rows) {
    const relation = relations.get(row.account_id) ?? { ...NO_RELATION }
    apply(relation, row)
    relations.set(row.account_id, relation)
  }
  return relations
}

function apply(relation: Relation, row: RelationRow): void {
  switch (row.kind) {
    case 'following':
      relation.following = terms(row)
      break
    case 'followed_by':
      relation.followedBy = true
      break
    case 'requested':
      relation.requested = terms(row)
      break
    case 'requested_by':
      relation.requestedBy = true
      break
    case 'blocking':
      relation.blocking = true
      break
    case 'blocked_by':
      relation.blockedBy = true
      break
    case 'muting':
      relation.muting = { hideNotifications: row.hide_notifications ?? true, expiresAt: row.expires_at }
      break
    case 'domain_blocking':
      relation.domainBlocking = true
      break
    case 'endorsed':
      relation.endorsed = true
      break
    case 'note':
      relation.note = row.comment ?? ''
      break
  }
}

function terms(row: RelationRow): FollowTerms {
  return { showReblogs: row.show_reblogs ?? true, notify: row.notify ?? false, languages: row.languages }
}
