import type { Knex } from 'knex'
import type { Db } from '../connection.ts'
import { EVERYONE_ROLE_ID, INSTANCE_ACTOR_ID } from '../enums.ts'
import { joinedColumns, joinedRow } from '../joined.ts'
import type { Window } from '../pagination.ts'
import { type UserRoleRow, userRoleColumns } from '../rows.gen.ts'
import { statement } from '../statement.ts'

/** An address somebody signed up, in or visited from. */
export interface UsedAddress {
  ip: string
  used_at: Date
}

/** What moderators are told of the login behind an account. */
export interface LoginFacts {
  account_id: string
  email: string
  locale: string | null
  confirmed: boolean
  approved: boolean
  disabled: boolean
  invite_request: string | null
  created_by_application_id: string | null
  invited_by_account_id: string | null
  role: UserRoleRow
  /** Last used first. */
  ips: UsedAddress[]
}

/** Where a user signed up, is signed in, and signed in: each address once a source. */
const ADDRESSES = `
  select u.id as user_id, u.sign_up_ip as ip, u.created_at as used_at from users u where u.sign_up_ip is not null
  union all
  select s.user_id, s.ip, s.updated_at from session_activations s where s.ip is not null
  union all
  select l.user_id, l.ip, l.created_at from login_activities l where l.success and l.ip is not null`

const facts = statement<Record<string, unknown>>(
  'admin_accounts.login_facts',
  `select u.account_id, u.email, u.locale, u.confirmed_at is not null as confirmed, u.approved, u.disabled,
     (select q.text from user_invite_requests q where q.user_id = u.id order by q.id limit 1) as invite_request,
     u.created_by_application_id,
     (select inviter.account_id from invites i join users inviter on inviter.id = i.user_id where i.id = u.invite_id)
       as invited_by_account_id,
     (select coalesce(json_agg(json_build_object('ip', host(ip), 'used_at', used_at) order by used_at desc), '[]')
      from (select ip, max(used_at) as used_at from (${ADDRESSES}) every where user_id = u.id group by ip) once) as ips,
     ${joinedColumns('r', userRoleColumns)}
   from users u
   join user_roles r on r.id = coalesce(u.role_id, ${EVERYONE_ROLE_ID})
   where u.account_id = any($1::bigint[])`,
)

/** The logins of accounts, by account id; remote ones have none. One statement. */
export async function loginFactsByAccountIds(
  db: Db,
  accountIds: readonly string[],
): Promise<Map<string, LoginFacts>> {
  const logins = new Map<string, LoginFacts>()
  if (accountIds.length === 0) return logins
  for (const row of await facts(db, [accountIds])) {
    const role = joinedRow<UserRoleRow>(row, 'r', userRoleColumns)
    const login = row as unknown as LoginFacts
    const ips = (login.ips as unknown as { ip: string; used_at: string }[]).map(({ ip, used_at }) => ({
      ip,
      used_at: new Date(used_at),
    }))
    if (role) logins.set(login.account_id, { ...login, role, ips })
  }
  return logins
}

const everyone = statement<{ permissions: string }>(
  'admin_accounts.everyone_permissions',
  `select permissions from user_roles where id = ${EVERYONE_ROLE_ID}`,
)

/** What everyone on this server may, as a decimal mask. */
export async function everyonePermissions(db: Db): Promise<string> {
  return (await everyone(db, []))[0]?.permissions ?? '0'
}

const staffRoles = statement<{ id: string }>(
  'admin_accounts.roles_with',
  'select id from user_roles where permissions & $1::bigint <> 0',
)

/** The roles that grant one of the permission bits. */
export async function roleIdsWith(db: Db, mask: string): Promise<string[]> {
  return (await staffRoles(db, [mask])).map((row) => row.id)
}

export type AccountState = 'active' | 'pending' | 'suspended' | 'disabled' | 'silenced' | 'sensitized'

export interface AdminAccountSelection {
  origin?: 'local' | 'remote' | undefined
  state?: AccountState | undefined
  roleIds?: readonly string[] | undefined
  username?: string | undefined
  displayName?: string | undefined
  domain?: string | undefined
  email?: string | undefined
  /** An address or a network, in any spelling Postgres reads. */
  ip?: string | undefined
  /** The id of the user who invited. */
  invitedBy?: string | undefined
}

type Query = Knex.QueryBuilder

const STATES: Record<AccountState, (query: Query) => unknown> = {
  active: (query) => query.whereNull('a.suspended_at'),
  pending: (query) => query.where('u.approved', false),
  suspended: (query) => query.whereNotNull('a.suspended_at'),
  disabled: (query) => query.where('u.disabled', true).whereNull('a.suspended_at'),
  silenced: (query) => query.whereNotNull('a.silenced_at'),
  sensitized: (query) => query.whereNotNull('a.sensitized_at'),
}

/** Ids of accounts as moderators look for them, newest first. One statement, put together of what is asked. */
export async function adminAccountPage(
  db: Db,
  window: Window,
  selection: AdminAccountSelection,
): Promise<string[]> {
  if (window.limit <= 0) return []
  const query = db('accounts as a').leftJoin('users as u', 'u.account_id', 'a.id').select('a.id')
  query.whereNot('a.id', INSTANCE_ACTOR_ID)
  narrow(query, selection)
  const isUpwards = window.minId !== undefined
  if (window.maxId !== undefined) query.where('a.id', '<', window.maxId)
  const above = window.minId ?? window.sinceId
  if (above !== undefined) query.where('a.id', '>', above)
  const rows = (await query.orderBy('a.id', isUpwards ? 'asc' : 'desc').limit(window.limit)) as {
    id: string
  }[]
  const ids = rows.map((row) => row.id)
  return isUpwards ? ids.reverse() : ids
}

function narrow(query: Query, selection: AdminAccountSelection): void {
  const { origin, state, roleIds, username, displayName, domain, email, ip, invitedBy } = selection
  if (origin === 'local') query.whereNull('a.domain')
  if (origin === 'remote') query.whereNotNull('a.domain')
  if (state) STATES[state](query)
  if (roleIds) query.whereRaw('u.role_id = any(?::bigint[])', [[...roleIds]])
  if (username) query.whereRaw('lower(a.username) like lower(?)', [prefixOf(username)])
  if (displayName) query.whereRaw('lower(a.display_name) like lower(?)', [prefixOf(displayName)])
  if (domain) query.where('a.domain', domain)
  if (email) query.whereRaw('lower(u.email) like lower(?)', [prefixOf(email)])
  if (ip)
    query.whereRaw(
      `(u.sign_up_ip <<= ?::inet
        or exists (select from session_activations s where s.user_id = u.id and s.ip <<= ?::inet)
        or exists (select from login_activities l where l.user_id = u.id and l.success and l.ip <<= ?::inet))`,
      [ip, ip, ip],
    )
  if (invitedBy)
    query.whereRaw('u.invite_id in (select i.id from invites i where i.user_id = ?::bigint)', [invitedBy])
}

/** Text that begins so, whatever signs it has. */
function prefixOf(text: string): string {
  return `${text.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`
}
