import type { Db } from '../connection.ts'
import { type StatusRow, statusColumns } from '../rows.gen.ts'
import { columns, statement } from '../statement.ts'
import { openToVisitors } from './visible.ts'

/** A status with how its author and the one who asks stand to each other; all false for nobody. */
export interface StatusFactsRow extends StatusRow {
  author_domain: string | null
  author_suspended: boolean
  author_silenced: boolean
  is_follower: boolean
  is_mentioned: boolean
  blocked_by_author: boolean
  server_blocked_by_author: boolean
  blocking_author: boolean
  muting_author: boolean
  blocking_server: boolean
  /** The author follows the one who asks. */
  is_followed_by_author: boolean
  /** The server of the author keeps it from people who are not signed in. */
  hidden_from_visitors: boolean
  /** Audiences that the author lets do it; null is everybody. */
  favourite_policy: number | null
  reply_policy: number | null
  reblog_policy: number | null
}

const select = statement<StatusFactsRow>(
  'status_facts_by_ids',
  `select ${columns(statusColumns, 's')},
     a.domain as author_domain,
     a.suspended_at is not null as author_suspended,
     a.silenced_at is not null as author_silenced,
     exists (select from follows where account_id = $2 and target_account_id = a.id) as is_follower,
     exists (select from mentions where account_id = $2 and status_id = s.id) as is_mentioned,
     exists (select from blocks where account_id = a.id and target_account_id = $2) as blocked_by_author,
     exists (select from account_domain_blocks hidden join accounts seer on seer.domain = hidden.domain
       where hidden.account_id = a.id and seer.id = $2) as server_blocked_by_author,
     exists (select from blocks where account_id = $2 and target_account_id = a.id) as blocking_author,
     exists (select from mutes where account_id = $2 and target_account_id = a.id
       and (expires_at is null or expires_at > now())) as muting_author,
     exists (select from account_domain_blocks where account_id = $2 and domain = a.domain) as blocking_server,
     exists (select from follows where account_id = a.id and target_account_id = $2) as is_followed_by_author,
     $2::bigint is null and not (${openToVisitors('s')}) as hidden_from_visitors,
     p.favourite as favourite_policy, p.reply as reply_policy, p.reblog as reblog_policy
   from statuses s join accounts a on a.id = s.account_id
   left join status_interaction_policies p on p.status_id = s.id
   where s.id = any(array(
       select unnest($1::bigint[]) union select reblog_of_id from statuses where id = any($1::bigint[])))
     and s.deleted_at is null`,
)

/**
 * Reads what the visibility of statuses depends on, in one statement. The originals of reblogs among `ids` come along.
 *
 * @param viewerId account id of the one who asks, null for nobody
 */
export async function statusFactsByIds(
  db: Db,
  ids: readonly string[],
  viewerId: string | null,
): Promise<Map<string, StatusFactsRow>> {
  if (ids.length === 0) return new Map()
  const rows = await select(db, [ids, viewerId])
  return new Map(rows.map((row) => [row.id, row]))
}
