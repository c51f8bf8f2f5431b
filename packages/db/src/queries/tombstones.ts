import type { Db } from '../connection.ts'
import { statement } from '../statement.ts'

/** Addresses of what was deleted and must not come back. */

const insert = statement<never>(
  'tombstones.insert',
  `insert into tombstones (account_id, uri)
   select $1, $2 where not exists (select 1 from tombstones where account_id = $1 and uri = $2)`,
)

/** Remembers that an account deleted `uri`, whether or not we ever had it. */
export async function insertTombstone(db: Db, accountId: string, uri: string): Promise<void> {
  await insert(db, [accountId, uri])
}

const find = statement<{ found: boolean }>(
  'tombstones.find',
  'select exists (select 1 from tombstones where account_id = $1 and uri = $2) as found',
)

/** Whether the account has deleted `uri`. What another account says to have deleted does not count. */
export async function hasTombstone(db: Db, accountId: string, uri: string): Promise<boolean> {
  return (await find(db, [accountId, uri]))[0]?.found ?? false
}

const forget = statement<never>('tombstones.forget', 'delete from tombstones where account_id = $1')

/** Forgets what an account deleted. */
export async function deleteTombstonesOf(db: Db, accountId: string): Promise<void> {
  await forget(db, [accountId])
}
