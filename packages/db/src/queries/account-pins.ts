import type { Db } from '../connection.ts'
import { type PagedStatement, pagedStatement, type Window } from '../pagination.ts'
import { statement } from '../statement.ts'

const insert = statement<{ id: string }>(
  'account_pin_insert',
  `insert into account_pins (account_id, target_account_id)
   select f.account_id, f.target_account_id from follows f where f.account_id = $1 and f.target_account_id = $2
   on conflict (account_id, target_account_id) do nothing returning id`,
)

/** Endorses an account that is followed; nothing happens when it is not, or is endorsed. */
export async function insertEndorsement(db: Db, accountId: string, targetId: string): Promise<void> {
  await insert(db, [accountId, targetId])
}

const remove = statement<never>(
  'account_pin_delete',
  'delete from account_pins where account_id = $1 and target_account_id = $2',
)

export async function deleteEndorsement(db: Db, accountId: string, targetId: string): Promise<void> {
  await remove(db, [accountId, targetId])
}

const page: PagedStatement<{ account_id: string }> = pagedStatement(
  'account_pin_page',
  (order) => `select p.target_account_id as account_id from account_pins p
   join accounts a on a.id = p.target_account_id and a.suspended_at is null
   where p.account_id = $4 and p.target_account_id < $1 and p.target_account_id > $2
   order by p.target_account_id ${order} limit $3`,
)

/** Lists whom an account endorses; the cursors are the ids of those accounts. */
export async function endorsementPage(db: Db, window: Window, accountId: string): Promise<string[]> {
  return (await page(db, window, [accountId])).map((row) => row.account_id)
}
