import type { Db } from '../connection.ts'
import { EVERYONE_ROLE_ID } from '../enums.ts'
import { joinedColumns, joinedRow } from '../joined.ts'
import {
  type AccountRow,
  accountColumns,
  type UserRoleRow,
  type UserRow,
  userColumns,
  userRoleColumns,
} from '../rows.gen.ts'
import { columns, statement } from '../statement.ts'
import type { ViewerRows } from './viewers.ts'

const USER = columns(userColumns)
const VIEWER = `select ${joinedColumns('u', userColumns)}, ${joinedColumns('a', accountColumns)},
     ${joinedColumns('r', userRoleColumns)}
   from users u
   join accounts a on a.id = u.account_id
   join user_roles r on r.id = coalesce(u.role_id, ${EVERYONE_ROLE_ID})`

const byId = statement<Record<string, unknown>>('viewer_by_user_id', `${VIEWER} where u.id = $1`)
const byEmail = statement<Record<string, unknown>>('viewer_by_email', `${VIEWER} where u.email = lower($1)`)
const byConfirmationToken = statement<Record<string, unknown>>(
  'viewer_by_confirmation_token',
  `${VIEWER} where u.confirmation_token = $1`,
)
const byResetToken = statement<Record<string, unknown>>(
  'viewer_by_reset_token',
  `${VIEWER} where u.reset_password_token = $1`,
)
const byUsername = statement<Record<string, unknown>>(
  'viewer_by_username',
  `${VIEWER} where lower(a.username) = lower($1) and a.domain is null`,
)

async function one(rows: Promise<Record<string, unknown>[]>): Promise<ViewerRows | null> {
  const [row] = await rows
  if (!row) return null
  const user = joinedRow<UserRow>(row, 'u', userColumns)
  const account = joinedRow<AccountRow>(row, 'a', accountColumns)
  const role = joinedRow<UserRoleRow>(row, 'r', userRoleColumns)
  return user && account && role ? { user, account, role } : null
}

/** Users with account and role, by what identifies them. All → rows or null. */
export const viewerByUserId = (db: Db, id: string) => one(byId(db, [id]))
export const viewerByEmail = (db: Db, email: string) => one(byEmail(db, [email]))
export const viewerByUsername = (db: Db, username: string) => one(byUsername(db, [username]))
export const viewerByConfirmationToken = (db: Db, token: string) => one(byConfirmationToken(db, [token]))
/** @param digest of the token, as it is stored */
export const viewerByResetToken = (db: Db, digest: string) => one(byResetToken(db, [digest]))

const ofAccount = statement<UserRow>('user_by_account_id', `select ${USER} from users where account_id = $1`)

/** Finds the login of a local account. */
export async function userByAccountId(db: Db, accountId: string): Promise<UserRow | null> {
  return (await ofAccount(db, [accountId]))[0] ?? null
}

const taken = statement<{ username: boolean; email: boolean }>(
  'name_or_email_taken',
  `select exists (select 1 from accounts where lower(username) = lower($1) and domain is null) as username,
     exists (select 1 from users where email = lower($2)) as email`,
)

/**
 * Whether a local account has the name, and whether a user has the address. One that somebody only waits to confirm is
 * not taken: anybody could keep its owner out by asking for it.
 */
export async function findTaken(
  db: Db,
  username: string,
  email: string,
): Promise<{ username: boolean; email: boolean }> {
  const [row] = await taken(db, [username, email])
  return row ?? { username: false, email: false }
}

export interface NewLocalAccount {
  username: string
  publicKey: string
  privateKey: string
}

const insertAccount = statement<AccountRow>(
  'insert_local_account',
  `insert into accounts (username, public_key, private_key) values ($1, $2, $3) returning ${columns(accountColumns)}`,
)

/** Makes a local account. Throws the database's 23505 when the name is taken. */
export async function insertLocalAccount(db: Db, account: NewLocalAccount): Promise<AccountRow> {
  const [row] = await insertAccount(db, [account.username, account.publicKey, account.privateKey])
  if (!row) throw new Error('The account was not inserted.')
  return row
}

export type NewUser = Pick<UserRow, 'account_id' | 'email' | 'encrypted_password'> & Partial<UserRow>

/** Makes a user of any given columns. */
export async function insertUser(db: Db, values: NewUser): Promise<UserRow> {
  const [row] = (await db('users')
    .insert({ ...values, email: values.email.toLowerCase() })
    .returning([...userColumns])) as UserRow[]
  if (!row) throw new Error('The user was not inserted.')
  return row
}

/** Changes any columns of a user; null when there is none. */
export async function updateUser(db: Db, id: string, values: Partial<UserRow>): Promise<UserRow | null> {
  const [row] = (await db('users')
    .where({ id })
    .update({ ...values, updated_at: db.fn.now() })
    .returning([...userColumns])) as UserRow[]
  return row ?? null
}

const confirm = statement<UserRow>(
  'confirm_user',
  `update users set confirmed_at = coalesce(confirmed_at, $2), email = coalesce(unconfirmed_email, email),
     unconfirmed_email = null, confirmation_token = null, updated_at = now()
   where id = $1 and (confirmed_at is null or unconfirmed_email is not null)
   returning ${USER}`,
)

/** Confirms the address that waits; null when another request was faster. */
export async function confirmUser(db: Db, id: string, at: Date): Promise<UserRow | null> {
  return (await confirm(db, [id, at]))[0] ?? null
}

const approve = statement<UserRow>(
  'approve_user',
  `update users set approved = true, updated_at = now() where id = $1 and not approved returning ${USER}`,
)

/** Lets a pending user in; null when that was done already. */
export async function approveUser(db: Db, id: string): Promise<UserRow | null> {
  return (await approve(db, [id]))[0] ?? null
}

const inviteRequest = statement(
  'insert_user_invite_request',
  'insert into user_invite_requests (user_id, text) values ($1, $2)',
)

/** Keeps why somebody wants to join. */
export async function insertInviteRequest(db: Db, userId: string, text: string): Promise<void> {
  await inviteRequest(db, [userId, text])
}

const reason = statement<{ text: string | null }>(
  'invite_request_of_user',
  'select text from user_invite_requests where user_id = $1 order by id limit 1',
)

export async function inviteRequestOf(db: Db, userId: string): Promise<string | null> {
  return (await reason(db, [userId]))[0]?.text ?? null
}

const pending = statement<{ id: string }>(
  'pending_user_ids',
  `select u.id from users u join accounts a on a.id = u.account_id
   where not u.approved and u.confirmed_at is not null and a.suspended_at is null
   order by u.created_at, u.id limit $1`,
)

/** Confirmed users who wait for approval, oldest first. */
export async function pendingUserIds(db: Db, limit: number): Promise<string[]> {
  return (await pending(db, [limit])).map((row) => row.id)
}

const staff = statement<{ id: string; account_id: string }>(
  'users_with_permission',
  `select u.id, u.account_id from users u
   join user_roles r on r.id = u.role_id
   join accounts a on a.id = u.account_id
   where r.permissions & $1::bigint <> 0 and u.confirmed_at is not null and u.approved and not u.disabled
     and a.suspended_at is null`,
)

/** Functional users whose role has one of the permission bits. */
export async function usersWithPermission(
  db: Db,
  mask: string,
): Promise<{ id: string; account_id: string }[]> {
  return staff(db, [mask])
}

const seenSince = statement<{ seen: boolean }>(
  'anyone_with_permission_since',
  `select exists (
     select from users u join user_roles r on r.id = u.role_id
     where r.permissions & $1::bigint <> 0 and u.current_sign_in_at >= $2) as seen`,
)

/** Whether anybody whose role has one of the permission bits was here since. */
export async function anyoneSeenSince(db: Db, mask: string, since: Date): Promise<boolean> {
  return (await seenSince(db, [mask, since]))[0]?.seen === true
}

const roleByName = statement<UserRoleRow>(
  'role_by_name',
  `select ${columns(userRoleColumns)} from user_roles where name = $1 and id <> ${EVERYONE_ROLE_ID}`,
)

export async function findRoleByName(db: Db, name: string): Promise<UserRoleRow | null> {
  return (await roleByName(db, [name]))[0] ?? null
}

const useSignIn = statement<{ id: string }>(
  'update_user_sign_in',
  `update users set last_sign_in_at = current_sign_in_at, current_sign_in_at = $2,
     sign_in_count = sign_in_count + $3, updated_at = now()
   where id = $1 returning id`,
)

/** Moves the time of the last visit on. @param count 1 for a sign-in, 0 for a visit */
export async function updateSignIn(db: Db, id: string, at: Date, count: 0 | 1): Promise<void> {
  await useSignIn(db, [id, at, count])
}

const neverConfirmed = statement<{ account_id: string }>(
  'delete_unconfirmed_users',
  `delete from accounts where id in (
     select account_id from users
     where confirmed_at is null and confirmation_sent_at < $1 and approved is not null
     order by id limit $2
   ) returning id as account_id`,
)

/** Deletes users who never confirmed since a time, with their accounts; returns how many. */
export async function deleteUnconfirmedUsers(db: Db, before: Date, limit: number): Promise<number> {
  return (await neverConfirmed(db, [before, limit])).length
}

const newKeys = statement(
  'update_account_keys',
  'update accounts set public_key = $2, private_key = $3, updated_at = now() where id = $1 and domain is null',
)

/** Gives a local account another key pair. */
export async function updateAccountKeys(
  db: Db,
  accountId: string,
  keys: { publicKey: string; privateKey: string },
): Promise<void> {
  await newKeys(db, [accountId, keys.publicKey, keys.privateKey])
}

const localIds = statement<{ id: string }>(
  'local_account_ids',
  'select a.id from accounts a join users u on u.account_id = a.id order by a.id',
)

/** Accounts with a login. */
export async function localAccountIds(db: Db): Promise<string[]> {
  return (await localIds(db, [])).map((row) => row.id)
}

const activeIds = statement<{ id: string }>(
  'active_account_ids',
  'select account_id as id from users where current_sign_in_at >= $1 order by account_id',
)

/** Accounts of users who were here since `since`. */
export async function accountIdsActiveSince(db: Db, since: Date): Promise<string[]> {
  return (await activeIds(db, [since])).map((row) => row.id)
}
