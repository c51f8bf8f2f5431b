import type { Db } from '../../connection.ts'
import {
  type AccountRow,
  type AccountStatRow,
  accountColumns,
  type UserRoleRow,
  type UserRow,
} from '../../rows.gen.ts'
import { EVERYONE_ROLE_ID } from '../../enums.ts'
import { permissionMask } from '../../permissions.ts'
import { statement } from '../../statement.ts'
import { part } from './part.ts'

/** An account without its keys, which no face shows. */
export type ShownAccount = Omit<AccountRow, 'private_key' | 'public_key'>
export type AccountCounts = Pick<
  AccountStatRow,
  'account_id' | 'followers_count' | 'following_count' | 'statuses_count' | 'last_status_at'
>
export type AccountUser = Pick<UserRow, 'id' | 'settings' | 'role_id'>
export type AccountRole = Pick<UserRoleRow, 'id' | 'name' | 'color' | 'highlighted'>

export interface AccountBundle {
  account: ShownAccount
  stats: AccountCounts | null
  /** The login of a local account. */
  user: AccountUser | null
  /** Its role, unless it is the one everyone has. */
  role: AccountRole | null
  mailOffer: MailOffer
  hiding: HidingFromVisitors
}

/** Which statuses of an account its server keeps from people who are not signed in. */
export interface HidingFromVisitors {
  public: boolean
  unlisted: boolean
}

/** Whether the server lets accounts be read by mail, and whether the role of this one does. */
export interface MailOffer {
  isOn: boolean
  isGranted: boolean
}

const shownColumns = accountColumns.filter(
  (name) => name !== 'private_key' && name !== 'public_key',
) as (keyof ShownAccount)[]
const account = part<ShownAccount>('a', shownColumns)
const stats = part<AccountCounts>('st', [
  'account_id',
  'followers_count',
  'following_count',
  'statuses_count',
  'last_status_at',
])
const user = part<AccountUser>('u', ['id', 'settings', 'role_id'])
const role = part<AccountRole>('r', ['id', 'name', 'color', 'highlighted'])

const MAIL_BITS = permissionMask('manage_email_subscriptions', 'administrator')

const bundles = statement<Record<string, unknown>>(
  'graph_accounts',
  `with wanted as (
     select unnest($1::bigint[]) as id
     union
     select moved_to_account_id from accounts where id = any($1::bigint[]) and moved_to_account_id is not null
   )
   select ${[account, stats, user, role].map((each) => each.select).join(', ')},
     coalesce((select value from settings where var = 'email_subscriptions' limit 1), '') = 'true' as mail_is_on,
     (coalesce(r.permissions, 0) | (select permissions from user_roles where id = ${EVERYONE_ROLE_ID}))
       & ${MAIL_BITS} <> 0 as mail_is_granted,
     coalesce(hiding.hides_public, false) as hides_public, coalesce(hiding.hides_unlisted, false) as hides_unlisted
   from wanted
   join accounts a on a.id = wanted.id
   left join account_stats st on st.account_id = a.id
   left join users u on u.account_id = a.id
   left join user_roles r on r.id = u.role_id
   left join accounts_hidden_from_visitors hiding on hiding.account_id = a.id`,
)

/** Loads accounts and what they moved to, with counters, login and role. Missing ids are absent. One statement. */
export async function accountBundlesByIds(db: Db, ids: readonly string[]): Promise<AccountBundle[]> {
  if (ids.length === 0) return []
  const rows = await bundles(db, [ids])
  return rows.flatMap((row) => {
    const found = account.read(row)
    if (!found) return []
    const mailOffer = { isOn: row.mail_is_on === true, isGranted: row.mail_is_granted === true }
    const hiding = { public: row.hides_public === true, unlisted: row.hides_unlisted === true }
    const parts = { stats: stats.read(row), user: user.read(row), role: role.read(row) }
    return { account: found, ...parts, mailOffer, hiding }
  })
}
