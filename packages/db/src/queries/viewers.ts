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
import { statement } from '../statement.ts'

/** A user with account and role: what a `Viewer` of the core is made of. */
export interface ViewerRows {
  user: UserRow
  account: AccountRow
  role: UserRoleRow
}

const byAccounts = statement<Record<string, unknown>>(
  'viewers_by_account_ids',
  `select ${joinedColumns('u', userColumns)}, ${joinedColumns('a', accountColumns)},
     ${joinedColumns('r', userRoleColumns)}
   from users u
   join accounts a on a.id = u.account_id
   join user_roles r on r.id = coalesce(u.role_id, ${EVERYONE_ROLE_ID})
   where u.account_id = any($1::bigint[])`,
)

/** Finds the users behind accounts, by account id; for rendering what they see when no request of theirs runs. */
export async function viewersByAccountIds(
  db: Db,
  accountIds: readonly string[],
): Promise<Map<string, ViewerRows>> {
  const viewers = new Map<string, ViewerRows>()
  for (const row of await byAccounts(db, [accountIds])) {
    const user = joinedRow<UserRow>(row, 'u', userColumns)
    const account = joinedRow<AccountRow>(row, 'a', accountColumns)
    const role = joinedRow<UserRoleRow>(row, 'r', userRoleColumns)
    if (user && account && role) viewers.set(account.id, { user, account, role })
  }
  return viewers
}
