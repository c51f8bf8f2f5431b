import type { Db } from '../connection.ts'
import { statement } from '../statement.ts'

const insert = statement<{ id: string }>(
  'status_pin_insert',
  `insert into status_pins (account_id, status_id) values ($1, $2) on conflict do nothing returning id`,
)

/** Pins a status; false when it is pinned already. */
export async function insertPin(db: Db, accountId: string, statusId: string): Promise<boolean> {
  return (await insert(db, [accountId, statusId])).length > 0
}

const remove = statement<{ id: string }>(
  'status_pin_delete',
  'delete from status_pins where account_id = $1 and status_id = $2 returning id',
)

export async function deletePin(db: Db, accountId: string, statusId: string): Promise<boolean> {
  return (await remove(db, [accountId, statusId])).length > 0
}

const count = statement<{ count: number }>(
  'status_pin_count',
  `select count(*)::integer as count from status_pins pin join statuses s on s.id = pin.status_id
   where pin.account_id = $1 and s.deleted_at is null`,
)

export async function countPins(db: Db, accountId: string): Promise<number> {
  return (await count(db, [accountId]))[0]?.count ?? 0
}

const set = statement<never>(
  'status_pins_set',
  `with gone as (delete from status_pins where account_id = $1 and status_id <> all($2::bigint[]))
   insert into status_pins (account_id, status_id)
   select $1, listed.id from unnest($2::bigint[]) with ordinality as listed(id, number) order by number desc
   on conflict do nothing`,
)

/** Gives an account exactly these pins, the uppermost first. */
export async function setPins(db: Db, accountId: string, statusIds: readonly string[]): Promise<void> {
  await set(db, [accountId, statusIds])
}
