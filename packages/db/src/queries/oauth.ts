import type { Db } from '../connection.ts'
import { EVERYONE_ROLE_ID } from '../enums.ts'
import { joinedColumns, joinedRow } from '../joined.ts'
import {
  type AccountRow,
  accountColumns,
  type OauthAccessTokenRow,
  oauthAccessTokenColumns,
  type UserRoleRow,
  type UserRow,
  userColumns,
  userRoleColumns,
} from '../rows.gen.ts'
import { statement } from '../statement.ts'

/** A token and, when it belongs to a user, that user with account and role. */
export interface TokenOwner {
  token: OauthAccessTokenRow
  owner: { user: UserRow; account: AccountRow; role: UserRoleRow } | null
}

const bySecret = statement<Record<string, unknown>>(
  'token_with_owner',
  `select ${joinedColumns('t', oauthAccessTokenColumns)}, ${joinedColumns('u', userColumns)},
     ${joinedColumns('a', accountColumns)}, ${joinedColumns('r', userRoleColumns)}
   from oauth_access_tokens t
   left join users u on u.id = t.resource_owner_id
   left join accounts a on a.id = u.account_id
   left join user_roles r on r.id = coalesce(u.role_id, ${EVERYONE_ROLE_ID})
   where t.token = $1`,
)

/** Finds a token by its secret, revoked and expired ones included, with all that a request must know of its owner. */
export async function tokenWithOwner(db: Db, secret: string): Promise<TokenOwner | null> {
  const [row] = await bySecret(db, [secret])
  if (!row) return null
  const token = joinedRow<OauthAccessTokenRow>(row, 't', oauthAccessTokenColumns)
  const user = joinedRow<UserRow>(row, 'u', userColumns)
  const account = joinedRow<AccountRow>(row, 'a', accountColumns)
  const role = joinedRow<UserRoleRow>(row, 'r', userRoleColumns)
  if (!token) return null
  return { token, owner: user && account && role ? { user, account, role } : null }
}
