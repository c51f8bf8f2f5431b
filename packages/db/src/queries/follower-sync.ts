import type { Db } from '../connection.ts'
import { type AccountRow, accountColumns } from '../rows.gen.ts'
import { columns, statement } from '../statement.ts'

/** Who follows whom across two servers, so that both can compare (FEP-8fcf). */

const remoteUris = statement<{ uri: string }>(
  'follower_sync_remote_uris',
  `select a.uri from follows f join accounts a on a.id = f.account_id and a.domain is not null
   where f.target_account_id = $1 limit $2`,
)

/** The ids of an account's followers on other servers, at most so many. */
export async function remoteFollowerUris(db: Db, accountId: string, limit: number): Promise<string[]> {
  return (await remoteUris(db, [accountId, limit])).map((row) => row.uri)
}

const urisAt = statement<{ uri: string }>(
  'follower_sync_uris_at',
  `select a.uri from follows f join accounts a on a.id = f.account_id and a.domain is not null
   where f.target_account_id = $1 and (a.uri = $2 or starts_with(a.uri, $2 || '/')) order by a.uri limit $3`,
)

/** The ids of those of an account's followers whose ids begin with an origin. */
export async function followerUrisAt(
  db: Db,
  accountId: string,
  origin: string,
  limit: number,
): Promise<string[]> {
  return (await urisAt(db, [accountId, origin, limit])).map((row) => row.uri)
}

const local = statement<AccountRow>(
  'follower_sync_local',
  `select ${columns(accountColumns, 'a')} from follows f
   join accounts a on a.id = f.account_id and a.domain is null
   where f.target_account_id = $1`,
)

/** Our people who follow an account. */
export const localFollowersOf = (db: Db, accountId: string): Promise<AccountRow[]> => local(db, [accountId])
