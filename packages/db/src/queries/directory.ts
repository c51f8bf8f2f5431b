import type { Db } from '../connection.ts'
import { statement } from '../statement.ts'

/** Who wants to be found, in good standing, and is no server's own actor; without what $1 keeps out of sight, and of whom keeps $1 out of theirs. */
const LISTED = `a.discoverable and a.suspended_at is null and a.silenced_at is null and a.moved_to_account_id is null
     and a.id > 0 and a.actor_type is distinct from 'Application' and (not $2::boolean or a.domain is null)
     and (a.domain is not null or exists (
       select from users u where u.account_id = a.id and u.approved and u.confirmed_at is not null))
     and ($1::bigint is null or (
       not exists (select from blocks b where b.account_id = $1 and b.target_account_id = a.id)
       and not exists (select from blocks b where b.account_id = a.id and b.target_account_id = $1)
       and not exists (select from mutes m where m.account_id = $1 and m.target_account_id = a.id
         and (m.expires_at is null or m.expires_at > now()))
       and not exists (select from account_domain_blocks d where d.account_id = $1 and d.domain = a.domain)))`

const byActivity = statement<{ id: string }>(
  'directory_by_activity',
  `select a.id from accounts a join account_stats st on st.account_id = a.id
   where ${LISTED} order by st.last_status_at desc nulls last, st.account_id limit $3 offset $4`,
)

const byAge = statement<{ id: string }>(
  'directory_by_age',
  `select a.id from accounts a where ${LISTED} order by a.id desc limit $3 offset $4`,
)

export interface DirectoryQuery {
  viewerId: string | null
  isLocalOnly: boolean
  order: 'active' | 'new'
  limit: number
  offset: number
}

/** A page of the profile directory: who wrote last, or came last, first. */
export async function directoryPage(db: Db, query: DirectoryQuery): Promise<string[]> {
  const { viewerId, isLocalOnly, order, limit, offset } = query
  const page = order === 'new' ? byAge : byActivity
  return (await page(db, [viewerId, isLocalOnly, limit, offset])).map((row) => row.id)
}
