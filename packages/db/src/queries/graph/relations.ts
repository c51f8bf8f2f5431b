import type { Db } from '../../connection.ts'
import { statement } from '../../statement.ts'

export type RelationKind =
  | 'following'
  | 'followed_by'
  | 'requested'
  | 'requested_by'
  | 'blocking'
  | 'blocked_by'
  | 'muting'
  | 'domain_blocking'
  | 'endorsed'
  | 'note'

/** One tie between the viewer and another account; columns that do not belong to its kind are null. */
export interface RelationRow {
  viewer_id: string
  kind: RelationKind
  account_id: string
  show_reblogs: boolean | null
  notify: boolean | null
  languages: string[] | null
  hide_notifications: boolean | null
  expires_at: Date | null
  comment: string | null
}

const NOTHING = 'null::boolean, null::boolean, null::text[], null::boolean, null::timestamptz(3), null::text'
const FOLLOW = 'show_reblogs, notify, languages, null, null, null'

const relations = statement<RelationRow>(
  'graph_relations',
  `select account_id as viewer_id, 'following' as kind, target_account_id as account_id, show_reblogs, notify, languages,
       null::boolean as hide_notifications, null::timestamptz(3) as expires_at, null::text as comment
     from follows where account_id = any($1::bigint[]) and target_account_id = any($2::bigint[])
   union all
   select target_account_id, 'followed_by', account_id, ${NOTHING} from follows
     where target_account_id = any($1::bigint[]) and account_id = any($2::bigint[])
   union all
   select account_id, 'requested', target_account_id, ${FOLLOW} from follow_requests
     where account_id = any($1::bigint[]) and target_account_id = any($2::bigint[])
   union all
   select target_account_id, 'requested_by', account_id, ${NOTHING} from follow_requests
     where target_account_id = any($1::bigint[]) and account_id = any($2::bigint[])
   union all
   select account_id, 'blocking', target_account_id, ${NOTHING} from blocks
     where account_id = any($1::bigint[]) and target_account_id = any($2::bigint[])
   union all
   select target_account_id, 'blocked_by', account_id, ${NOTHING} from blocks
     where target_account_id = any($1::bigint[]) and account_id = any($2::bigint[])
   union all
   select account_id, 'muting', target_account_id, null, null, null, hide_notifications, expires_at, null from mutes
     where account_id = any($1::bigint[]) and target_account_id = any($2::bigint[]) and (expires_at is null or expires_at > $3)
   union all
   select b.account_id, 'domain_blocking', a.id, ${NOTHING} from accounts a
     join account_domain_blocks b on b.domain = a.domain and b.account_id = any($1::bigint[])
     where a.id = any($2::bigint[])
   union all
   select account_id, 'endorsed', target_account_id, ${NOTHING} from account_pins
     where account_id = any($1::bigint[]) and target_account_id = any($2::bigint[])
   union all
   select account_id, 'note', target_account_id, null, null, null, null, null, comment from account_notes
     where account_id = any($1::bigint[]) and target_account_id = any($2::bigint[])`,
)

/** All ties between accounts and others, in both directions; mutes that have run out are none. One statement. */
export async function relationsWith(
  db: Db,
  viewerIds: readonly string[],
  others: readonly string[],
  now: Date,
): Promise<RelationRow[]> {
  return others.length === 0 || viewerIds.length === 0 ? [] : relations(db, [viewerIds, others, now])
}
