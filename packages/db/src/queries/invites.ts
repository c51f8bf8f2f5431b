import type { Db } from '../connection.ts'
import { EVERYONE_ROLE_ID } from '../enums.ts'
import { joinedColumns, joinedRow } from '../joined.ts'
import {
  type AccountRow,
  accountColumns,
  type InviteRow,
  inviteColumns,
  type UserRoleRow,
  type UserRow,
  userColumns,
  userRoleColumns,
} from '../rows.gen.ts'
import { columns, statement } from '../statement.ts'
import type { ViewerRows } from './viewers.ts'

const ALL = columns(inviteColumns)
const WITH_OWNER = `select ${joinedColumns('i', inviteColumns)}, ${joinedColumns('u', userColumns)},
     ${joinedColumns('a', accountColumns)}, ${joinedColumns('r', userRoleColumns)}
   from invites i
   join users u on u.id = i.user_id
   join accounts a on a.id = u.account_id
   join user_roles r on r.id = coalesce(u.role_id, ${EVERYONE_ROLE_ID})`

/** An invitation and whoever made it. */
export interface OwnedInvite {
  invite: InviteRow
  owner: ViewerRows
}

const byCode = statement<Record<string, unknown>>('invite_by_code', `${WITH_OWNER} where i.code = $1`)
const byId = statement<Record<string, unknown>>('invite_by_id', `${WITH_OWNER} where i.id = $1`)

export const inviteByCode = async (db: Db, code: string): Promise<OwnedInvite | null> =>
  ownedInvite(await byCode(db, [code]))
export const inviteById = async (db: Db, id: string): Promise<OwnedInvite | null> =>
  ownedInvite(await byId(db, [id]))

function ownedInvite([row]: readonly Record<string, unknown>[]): OwnedInvite | null {
  if (!row) return null
  const invite = joinedRow<InviteRow>(row, 'i', inviteColumns)
  const user = joinedRow<UserRow>(row, 'u', userColumns)
  const account = joinedRow<AccountRow>(row, 'a', accountColumns)
  const role = joinedRow<UserRoleRow>(row, 'r', userRoleColumns)
  return invite && user && account && role ? { invite, owner: { user, account, role } } : null
}

const ofUser = statement<InviteRow>(
  'invites_of_user',
  `select ${ALL} from invites where user_id = $1 order by id desc limit $2`,
)

/** The invitations a user made, newest first. */
export async function invitesOfUser(db: Db, userId: string, limit: number): Promise<InviteRow[]> {
  return ofUser(db, [userId, limit])
}

export type NewInvite = Pick<
  InviteRow,
  'user_id' | 'code' | 'max_uses' | 'expires_at' | 'autofollow' | 'comment'
>

const insert = statement<InviteRow>(
  'insert_invite',
  `insert into invites (user_id, code, max_uses, expires_at, autofollow, comment)
   values ($1, $2, $3, $4, $5, $6) on conflict (code) do nothing returning ${ALL}`,
)

/** Keeps an invitation; null when the code is taken. */
export async function insertInvite(db: Db, invite: NewInvite): Promise<InviteRow | null> {
  const { user_id, code, max_uses, expires_at, autofollow, comment } = invite
  return (await insert(db, [user_id, code, max_uses, expires_at, autofollow, comment]))[0] ?? null
}

const expire = statement<{ id: string }>(
  'expire_invite',
  `update invites set expires_at = $3, updated_at = now() where id = $1 and user_id = $2 returning id`,
)

/** Ends an invitation of a user's; false when the user has no such one. */
export async function expireInviteRow(db: Db, id: string, userId: string, at: Date): Promise<boolean> {
  return (await expire(db, [id, userId, at])).length > 0
}

const use = statement<{ id: string }>(
  'use_invite',
  `update invites set uses = uses + 1, updated_at = now()
   where id = $1 and (max_uses is null or uses < max_uses) returning id`,
)

/** Counts a use, however many come at once; false when all are used up. */
export async function useInvite(db: Db, id: string): Promise<boolean> {
  return (await use(db, [id])).length > 0
}

const everyone = statement<{ permissions: string }>(
  'everyone_permissions',
  `select permissions from user_roles where id = ${EVERYONE_ROLE_ID}`,
)

/** The permissions everyone has, as a decimal bit mask. */
export async function everyonePermissions(db: Db): Promise<bigint> {
  const [row] = await everyone(db, [])
  return BigInt(row?.permissions ?? 0)
}
