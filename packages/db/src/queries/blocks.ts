import type { Db } from '../connection.ts'
import { type PagedStatement, pagedStatement, type Window } from '../pagination.ts'
import { type BlockRow, blockColumns } from '../rows.gen.ts'
import { columns, statement } from '../statement.ts'
import type { RelationEntry } from './follows.ts'

const BLOCK = columns(blockColumns)

const insert = statement<BlockRow>(
  'block_insert',
  `insert into blocks (account_id, target_account_id, uri) values ($1, $2, $3)
   on conflict (account_id, target_account_id) do nothing returning ${BLOCK}`,
)

/** Inserts a block; null when it was there. */
export async function insertBlock(
  db: Db,
  accountId: string,
  targetId: string,
  uri: string | null,
): Promise<BlockRow | null> {
  return (await insert(db, [accountId, targetId, uri]))[0] ?? null
}

const remove = statement<BlockRow>(
  'block_delete',
  `delete from blocks where account_id = $1 and target_account_id = $2 returning ${BLOCK}`,
)

/** Deletes a block and says what it was; null when there was none. */
export async function deleteBlock(db: Db, accountId: string, targetId: string): Promise<BlockRow | null> {
  return (await remove(db, [accountId, targetId]))[0] ?? null
}

const page: PagedStatement<RelationEntry> = pagedStatement(
  'block_page',
  (order) => `select b.id as row_id, b.target_account_id as account_id from blocks b
   join accounts a on a.id = b.target_account_id and a.suspended_at is null
   where b.account_id = $4 and b.id < $1 and b.id > $2 order by b.id ${order} limit $3`,
)

/** Lists whom an account blocks, newest first. */
export function blockPage(db: Db, window: Window, accountId: string): Promise<RelationEntry[]> {
  return page(db, window, [accountId])
}

const removeConversations = statement<never>(
  'block_delete_conversations',
  'delete from account_conversations where account_id = $1 and $2::bigint = any(participant_account_ids)',
)

/** Takes the direct conversations with `targetId` from an account; the statuses stay. */
export async function deleteConversationsWith(db: Db, accountId: string, targetId: string): Promise<void> {
  await removeConversations(db, [accountId, targetId])
}
