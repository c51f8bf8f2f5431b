import type { Db } from '../connection.ts'
import { type AccountRow, accountColumns } from '../rows.gen.ts'
import { columns, statement } from '../statement.ts'

const ACCOUNT = columns(accountColumns)

export type Restrictions = Partial<
  Pick<AccountRow, 'sensitized_at' | 'silenced_at' | 'suspended_at' | 'suspension_origin'>
>

/** Changes what moderators decided about an account; null when it is gone. */
export async function setRestrictions(db: Db, id: string, change: Restrictions): Promise<AccountRow | null> {
  const [row] = (await db('accounts')
    .where({ id })
    .update({ ...change, updated_at: db.fn.now() })
    .returning([...accountColumns])) as AccountRow[]
  return row ?? null
}

const lock = statement<AccountRow>(
  'moderation.lock_account',
  `select ${ACCOUNT} from accounts where id = $1 for update`,
)

/** The account as it is now, kept from others who decide about it until the transaction ends. */
export async function lockAccount(db: Db, id: string): Promise<AccountRow | null> {
  return (await lock(db, [id]))[0] ?? null
}

const request = statement<never>(
  'moderation.request_deletion',
  `insert into account_deletion_requests (account_id, created_at)
   select $1, $2 where not exists (select from account_deletion_requests where account_id = $1)`,
)

/** Notes since when the data of a suspended account waits for its deletion. A second time changes nothing. */
export async function insertDeletionRequest(db: Db, accountId: string, at: Date): Promise<void> {
  await request(db, [accountId, at])
}

const cancel = statement<never>(
  'moderation.cancel_deletion',
  'delete from account_deletion_requests where account_id = $1',
)

export async function deleteDeletionRequest(db: Db, accountId: string): Promise<void> {
  await cancel(db, [accountId])
}

const waiting = statement<{ found: boolean }>(
  'moderation.has_deletion_request',
  'select exists (select from account_deletion_requests where account_id = $1) as found',
)

/** Whether a suspension can still be lifted with everything there. */
export async function hasDeletionRequest(db: Db, accountId: string): Promise<boolean> {
  return (await waiting(db, [accountId]))[0]?.found ?? false
}

const due = statement<{ account_id: string }>(
  'moderation.due_deletions',
  `select d.account_id from account_deletion_requests d
   join accounts a on a.id = d.account_id and a.suspended_at is not null
   where d.created_at < $1 order by d.id limit $2`,
)

/** Accounts whose suspension began before a time, the longest suspended first. */
export async function dueDeletions(db: Db, before: Date, limit: number): Promise<string[]> {
  return (await due(db, [before, limit])).map((row) => row.account_id)
}

const note = statement<{ id: string }>(
  'moderation.insert_account_note',
  'insert into account_moderation_notes (account_id, target_account_id, content) values ($1, $2, $3) returning id',
)

/** Writes what a moderator thinks of an account. */
export async function insertModerationNote(
  db: Db,
  accountId: string,
  targetId: string,
  content: string,
): Promise<string> {
  return (await note(db, [accountId, targetId, content]))[0]?.id ?? ''
}

const removeNote = statement<{ id: string }>(
  'moderation.delete_account_note',
  'delete from account_moderation_notes where id = $1 and target_account_id = $2 returning id',
)

/** Removes a note about an account; false when there is none. */
export async function deleteModerationNote(db: Db, id: string, targetId: string): Promise<boolean> {
  return (await removeNote(db, [id, targetId])).length > 0
}

const localFollowers = statement<{ id: string; account_id: string }>(
  'moderation.local_followers',
  `select f.id, f.account_id from follows f join users u on u.account_id = f.account_id
   where f.target_account_id = $1 and f.id > $2 order by f.id limit $3`,
)

/** People of ours who follow an account, in the order of the follows, after one of them. */
export async function localFollowersOf(
  db: Db,
  accountId: string,
  afterFollowId: string,
  limit: number,
): Promise<{ id: string; account_id: string }[]> {
  return localFollowers(db, [accountId, afterFollowId, limit])
}

const followed = statement<{ target_account_id: string }>(
  'moderation.local_followed',
  `select f.target_account_id from follows f join accounts a on a.id = f.target_account_id
   where f.account_id = $1 and a.domain is null
   union
   select r.target_account_id from follow_requests r join accounts a on a.id = r.target_account_id
   where r.account_id = $1 and a.domain is null`,
)

/** Accounts of ours that somebody follows or asks to. */
export async function localAccountsFollowedBy(db: Db, accountId: string): Promise<string[]> {
  return (await followed(db, [accountId])).map((row) => row.target_account_id)
}

const lastOfRow = statement<never>('moderation.delete_account', 'delete from accounts where id = $1')

/** Deletes the row of an account with all that hangs on it: for who was never let in. */
export async function deleteAccountRow(db: Db, id: string): Promise<void> {
  await lastOfRow(db, [id])
}

const blank = statement<never>(
  'moderation.blank_actor',
  `update accounts set locked = false, discoverable = false, also_known_as = '{}', moved_to_account_id = null,
     actor_type = null, memorial = false, updated_at = now() where id = $1`,
)

/** Takes from the row of a deleted account of ours what the purge of ties and texts leaves. */
export async function blankActor(db: Db, id: string): Promise<void> {
  await blank(db, [id])
}

const inboxes = statement<{ inbox: string }>(
  'moderation.known_inboxes',
  `select inbox from (
     select distinct coalesce(nullif(shared_inbox_url, ''), inbox_url) as inbox, lower(domain) as domain
     from accounts where domain is not null) everywhere
   where inbox <> '' and not exists (
     select from unavailable_domains d where d.domain = everywhere.domain)`,
)

/** An inbox of every server we know, dead ones left out. Reads the whole table: for what all must hear. */
export async function knownInboxUrls(db: Db): Promise<string[]> {
  return [...new Set((await inboxes(db, [])).map((row) => row.inbox))]
}
