import type { Db } from '../connection.ts'
import { EVERYONE_ROLE_ID } from '../enums.ts'
import { joinedColumns, joinedRow } from '../joined.ts'
import {
  type AccountRow,
  accountColumns,
  type SessionActivationRow,
  sessionActivationColumns,
  type UserRoleRow,
  type UserRow,
  userColumns,
  userRoleColumns,
} from '../rows.gen.ts'
import { columns, statement } from '../statement.ts'

/** A browser session and who is signed in by it. */
export interface SessionOwner {
  session: SessionActivationRow
  owner: { user: UserRow; account: AccountRow; role: UserRoleRow }
}

const bySessionId = statement<Record<string, unknown>>(
  'session_with_owner',
  `select ${joinedColumns('s', sessionActivationColumns)}, ${joinedColumns('u', userColumns)},
     ${joinedColumns('a', accountColumns)}, ${joinedColumns('r', userRoleColumns)}
   from session_activations s
   join users u on u.id = s.user_id
   join accounts a on a.id = u.account_id
   join user_roles r on r.id = coalesce(u.role_id, ${EVERYONE_ROLE_ID})
   where s.session_id = $1`,
)

/** Finds a browser session by the id in its cookie, with all that a request must know of its user. */
export async function sessionWithOwner(db: Db, sessionId: string): Promise<SessionOwner | null> {
  const [row] = await bySessionId(db, [sessionId])
  if (!row) return null
  const session = joinedRow<SessionActivationRow>(row, 's', sessionActivationColumns)
  const user = joinedRow<UserRow>(row, 'u', userColumns)
  const account = joinedRow<AccountRow>(row, 'a', accountColumns)
  const role = joinedRow<UserRoleRow>(row, 'r', userRoleColumns)
  return session && user && account && role ? { session, owner: { user, account, role } } : null
}

const SESSION = columns(sessionActivationColumns)

const insert = statement<SessionActivationRow>(
  'insert_session',
  `insert into session_activations (user_id, session_id, access_token_id, ip, user_agent)
   values ($1, $2, $3, $4, $5) returning ${SESSION}`,
)

/** Remembers that a browser is signed in. */
export async function insertSession(
  db: Db,
  session: { userId: string; sessionId: string; accessTokenId: string; ip: string | null; userAgent: string },
): Promise<SessionActivationRow> {
  const [row] = await insert(db, [
    session.userId,
    session.sessionId,
    session.accessTokenId,
    session.ip,
    session.userAgent,
  ])
  if (!row) throw new Error('The session was not inserted.')
  return row
}

const ofUser = statement<SessionActivationRow>(
  'sessions_of_user',
  `select ${SESSION} from session_activations where user_id = $1 order by updated_at desc, id desc`,
)

/** The browsers a user is signed in with, last used first. */
export async function sessionsOfUser(db: Db, userId: string): Promise<SessionActivationRow[]> {
  return ofUser(db, [userId])
}

const remove = statement<SessionActivationRow>(
  'delete_session',
  `delete from session_activations where user_id = $1 and id = $2 returning ${SESSION}`,
)

/** Forgets one session of a user; null when it is not theirs. */
export async function deleteSession(
  db: Db,
  userId: string,
  id: string,
): Promise<SessionActivationRow | null> {
  return (await remove(db, [userId, id]))[0] ?? null
}

const removeOthers = statement<SessionActivationRow>(
  'delete_other_sessions',
  `delete from session_activations where user_id = $1 and id <> coalesce($2::bigint, 0) returning ${SESSION}`,
)

/** Forgets all sessions of a user but one (null: none is kept). */
export async function deleteOtherSessions(
  db: Db,
  userId: string,
  keptId: string | null,
): Promise<SessionActivationRow[]> {
  return removeOthers(db, [userId, keptId])
}

const removeOldest = statement<SessionActivationRow>(
  'delete_oldest_sessions',
  `delete from session_activations where id in (
     select id from session_activations where user_id = $1 order by id desc offset $2
   ) returning ${SESSION}`,
)

/** Forgets the oldest sessions of a user beyond a number. */
export async function deleteOldestSessions(
  db: Db,
  userId: string,
  kept: number,
): Promise<SessionActivationRow[]> {
  return removeOldest(db, [userId, kept])
}

const touch = statement(
  'touch_session',
  'update session_activations set updated_at = $2, ip = $3, user_agent = $4 where id = $1',
)

export async function touchSession(
  db: Db,
  id: string,
  use: { at: Date; ip: string | null; userAgent: string },
): Promise<void> {
  await touch(db, [id, use.at, use.ip, use.userAgent])
}

const near = statement<{ seen: boolean }>(
  'user_seen_near',
  `with place as (
     select set_masklen($2::inet, case family($2::inet) when 4 then 16 else 64 end) as network
   )
   select exists (select from login_activities where user_id = $1 and success and ip <<= network)
     or exists (select from session_activations where user_id = $1 and ip <<= network)
     or exists (select from users where id = $1 and sign_up_ip <<= network) as seen
   from place`,
)

/** Whether a user has signed up or in from this address before, or from one close to it (/16, or /64 of IPv6). */
export async function wasSeenNear(db: Db, userId: string, ip: string): Promise<boolean> {
  return (await near(db, [userId, ip]))[0]?.seen === true
}

const activity = statement(
  'insert_login_activity',
  `insert into login_activities (user_id, authentication_method, failure_reason, ip, success, user_agent)
   values ($1, $2, $3, $4, $5, $6)`,
)

/** Writes a try to sign in into the history of a user. */
export async function insertLoginActivity(
  db: Db,
  entry: {
    userId: string
    method: string
    failureReason: string | null
    ip: string | null
    userAgent: string
  },
): Promise<void> {
  await activity(db, [
    entry.userId,
    entry.method,
    entry.failureReason,
    entry.ip,
    entry.failureReason === null,
    entry.userAgent,
  ])
}
