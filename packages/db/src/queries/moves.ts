import type { Db } from '../connection.ts'
import {
  type AccountAliasRow,
  type AccountMigrationRow,
  type AccountRow,
  accountAliasColumns,
  accountColumns,
  accountMigrationColumns,
  type FollowRow,
  followColumns,
} from '../rows.gen.ts'
import { columns, statement } from '../statement.ts'

/** Accounts that move: their other names, where they went, and what goes along. */

const ALIAS = columns(accountAliasColumns)
const MIGRATION = columns(accountMigrationColumns)
const FOLLOW = columns(followColumns)

const aliases = statement<AccountAliasRow>(
  'move_aliases',
  `select ${ALIAS} from account_aliases where account_id = $1 order by id`,
)

export const aliasesOf = (db: Db, accountId: string): Promise<AccountAliasRow[]> => aliases(db, [accountId])

const addAlias = statement<never>(
  'move_alias_insert',
  `with added as (
     insert into account_aliases (account_id, acct, uri) values ($1, $2, $3)
     on conflict (account_id, uri) do nothing)
   update accounts set also_known_as = array_append(array_remove(coalesce(also_known_as, '{}'), $3), $3), updated_at = now()
   where id = $1`,
)

/** Keeps another name of an account, also among those its actor tells. */
export async function insertAlias(
  db: Db,
  accountId: string,
  alias: { acct: string; uri: string },
): Promise<void> {
  await addAlias(db, [accountId, alias.acct, alias.uri])
}

const dropAlias = statement<{ id: string }>(
  'move_alias_delete',
  `with gone as (delete from account_aliases where account_id = $1 and id = $2 returning uri)
   update accounts set also_known_as = array_remove(also_known_as, (select uri from gone)), updated_at = now()
   where id = $1 and exists (select from gone) returning id`,
)

/** Forgets another name of an account; false when it had none of that id. */
export async function deleteAlias(db: Db, accountId: string, id: string): Promise<boolean> {
  return (await dropAlias(db, [accountId, id])).length > 0
}

const migrations = statement<AccountMigrationRow>(
  'move_migrations',
  `select ${MIGRATION} from account_migrations where account_id = $1 order by id desc limit 50`,
)

/** Where an account moved, newest first. */
export const migrationsOf = (db: Db, accountId: string): Promise<AccountMigrationRow[]> =>
  migrations(db, [accountId])

const addMigration = statement<AccountMigrationRow>(
  'move_migration_insert',
  `insert into account_migrations (account_id, target_account_id, acct, followers_count)
   values ($1, $2, $3, coalesce((select followers_count from account_stats where account_id = $1), 0))
   returning ${MIGRATION}`,
)

export async function insertMigration(
  db: Db,
  accountId: string,
  targetId: string,
  acct: string,
): Promise<AccountMigrationRow> {
  const [row] = await addMigration(db, [accountId, targetId, acct])
  return row as AccountMigrationRow
}

const setMoved = statement<AccountRow>(
  'move_set_target',
  `update accounts set moved_to_account_id = $2, updated_at = now() where id = $1 returning ${columns(accountColumns)}`,
)

/** Notes where an account has gone; null is nowhere. */
export async function setMovedTo(
  db: Db,
  accountId: string,
  targetId: string | null,
): Promise<AccountRow | null> {
  return (await setMoved(db, [accountId, targetId]))[0] ?? null
}

const followers = statement<FollowRow>(
  'move_local_followers',
  `select ${FOLLOW} from follows f
   where f.target_account_id = $1 and f.id > $2
     and exists (select from accounts a where a.id = f.account_id and a.domain is null)
   order by f.id limit $3`,
)

/** Follows of an account by people of ours, oldest first, above an id. */
export const localFollowsOf = (
  db: Db,
  accountId: string,
  afterFollowId: string,
  limit: number,
): Promise<FollowRow[]> => followers(db, [accountId, afterFollowId, limit])

const copyLists = statement<never>(
  'move_copy_lists',
  `insert into list_accounts (list_id, account_id, follow_id, follow_request_id)
   select l.id, $3::bigint, f.id, case when f.id is null then r.id end
   from lists l
   join list_accounts m on m.list_id = l.id and m.account_id = $2
   left join follows f on f.account_id = l.account_id and f.target_account_id = $3
   left join follow_requests r on r.account_id = l.account_id and r.target_account_id = $3
   where l.account_id = $1 and (f.id is not null or r.id is not null)
   on conflict do nothing`,
)

/** Puts `targetId` on the lists of an account that `sourceId` is on, once it is followed or asked. */
export async function copyListMemberships(
  db: Db,
  accountId: string,
  sourceId: string,
  targetId: string,
): Promise<void> {
  await copyLists(db, [accountId, sourceId, targetId])
}

const copyNotes = statement<never>(
  'move_copy_notes',
  `insert into account_notes (account_id, target_account_id, comment)
   select n.account_id, $2::bigint, left($3 || E'\\n' || n.comment, $4)
   from account_notes n where n.target_account_id = $1 and n.account_id <> $2
   on conflict (account_id, target_account_id) do update
     set comment = left(excluded.comment || E'\\n\\n' || account_notes.comment, $4), updated_at = now()
     where strpos(account_notes.comment, $3) = 0`,
)

/** Copies what people noted about one account to another, after `heading`, before what they noted there; once. */
export async function copyNotesAbout(
  db: Db,
  sourceId: string,
  targetId: string,
  heading: string,
  limit: number,
): Promise<void> {
  await copyNotes(db, [sourceId, targetId, heading, limit])
}

const noteOnce = statement<never>(
  'move_note_once',
  `insert into account_notes (account_id, target_account_id, comment) values ($1, $2, $3)
   on conflict (account_id, target_account_id) do nothing`,
)

/** Notes something about an account where nothing is noted yet. */
export async function insertNoteIfNone(
  db: Db,
  accountId: string,
  targetId: string,
  comment: string,
): Promise<void> {
  await noteOnce(db, [accountId, targetId, comment])
}

/** A block or a mute that goes along. */
export interface CarriedTie {
  id: string
  account_id: string
  hide_notifications: boolean
  expires_at: Date | null
}

const blocks = statement<CarriedTie>(
  'move_blocks',
  `select b.id, b.account_id, false as hide_notifications, null::timestamp as expires_at
   from blocks b join accounts a on a.id = b.account_id and a.domain is null
   where b.target_account_id = $1 and b.id > $3 and b.account_id <> $2
     and not exists (select from blocks x where x.account_id = b.account_id and x.target_account_id = $2)
     and not exists (select from follows x where x.account_id = b.account_id and x.target_account_id = $2)
   order by b.id limit $4`,
)

/** Blocks of `sourceId` by people of ours who neither block nor follow `targetId`. */
export const blocksToCarry = (
  db: Db,
  sourceId: string,
  targetId: string,
  afterId: string,
  limit: number,
): Promise<CarriedTie[]> => blocks(db, [sourceId, targetId, afterId, limit])

const mutes = statement<CarriedTie>(
  'move_mutes',
  `select m.id, m.account_id, m.hide_notifications, m.expires_at
   from mutes m join accounts a on a.id = m.account_id and a.domain is null
   where m.target_account_id = $1 and m.id > $3 and m.account_id <> $2
     and (m.expires_at is null or m.expires_at > now())
     and not exists (select from mutes x where x.account_id = m.account_id and x.target_account_id = $2)
     and not exists (select from follows x where x.account_id = m.account_id and x.target_account_id = $2)
   order by m.id limit $4`,
)

/** Mutes of `sourceId` by people of ours who neither mute nor follow `targetId`. */
export const mutesToCarry = (
  db: Db,
  sourceId: string,
  targetId: string,
  afterId: string,
  limit: number,
): Promise<CarriedTie[]> => mutes(db, [sourceId, targetId, afterId, limit])
