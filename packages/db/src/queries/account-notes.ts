import type { Db } from '../connection.ts'
import { statement } from '../statement.ts'

const upsert = statement<never>(
  'account_note_upsert',
  `insert into account_notes (account_id, target_account_id, comment) values ($1, $2, $3)
   on conflict (account_id, target_account_id) do update set comment = excluded.comment, updated_at = now()`,
)

/** Keeps what an account notes about another, for its own eyes. */
export async function upsertAccountNote(
  db: Db,
  accountId: string,
  targetId: string,
  comment: string,
): Promise<void> {
  await upsert(db, [accountId, targetId, comment])
}

const remove = statement<never>(
  'account_note_delete',
  'delete from account_notes where account_id = $1 and target_account_id = $2',
)

export async function deleteAccountNote(db: Db, accountId: string, targetId: string): Promise<void> {
  await remove(db, [accountId, targetId])
}
