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
import { statement } from '../statement.ts'

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
