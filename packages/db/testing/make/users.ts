import {
  type AccountRow,
  type Db,
  EVERYONE_ROLE_ID,
  type OauthAccessTokenRow,
  type OauthApplicationRow,
  type UserRoleRow,
  type UserRow,
} from '../../src/index.ts'
import { type AccountValues, makeAccount } from './accounts.ts'
import { insertRow, next } from './insert.ts'

/** The password of every user made here. */
export const TEST_PASSWORD = 'correct horse battery staple'
const TEST_PASSWORD_HASH = '$2b$04$8dt6/JDXTzxxziui1/V9XeWmx.sXEv.KAZE1FdcSSuCIh4RqzLytq'

export type UserValues = Partial<Omit<UserRow, 'settings'>> & {
  /** An existing account, or values for a new one. */
  account?: AccountRow | AccountValues
  /** Preferences by their keys; stored as JSON. */
  settings?: Record<string, unknown> | string | null
}

export interface MadeUser {
  user: UserRow
  account: AccountRow
}

/** A confirmed, approved login that was active just now, with its account. */
export async function makeUser(db: Db, values: UserValues = {}): Promise<MadeUser> {
  const { account: given, settings, ...columns } = values
  const account = isRow(given) ? given : await makeAccount(db, given)
  const user = await insertRow<UserRow>(db, 'users', {
    account_id: account.id,
    email: `${account.username.toLowerCase()}.${next()}@example.org`,
    encrypted_password: TEST_PASSWORD_HASH,
    confirmed_at: new Date(),
    current_sign_in_at: new Date(),
    last_sign_in_at: new Date(),
    sign_in_count: 1,
    approved: true,
    locale: 'en',
    ...columns,
    settings: typeof settings === 'object' && settings !== null ? JSON.stringify(settings) : settings,
  })
  return { user, account }
}

function isRow(account: UserValues['account']): account is AccountRow {
  return account !== undefined && 'id' in account && 'public_key' in account && 'created_at' in account
}

/** A role; `permissions` is the decimal bit mask. */
export async function makeRole(db: Db, values: Partial<UserRoleRow> = {}): Promise<UserRoleRow> {
  return insertRow(db, 'user_roles', { name: `Role ${next()}`, position: 10, ...values })
}

/** Somebody who looks: a user with account and role, in the shape reads ask for. */
export async function makeViewer(db: Db, values: UserValues = {}): Promise<MadeUser & { role: UserRoleRow }> {
  const made = await makeUser(db, values)
  return { ...made, role: await roleOf(db, made.user) }
}

async function roleOf(db: Db, user: UserRow): Promise<UserRoleRow> {
  if (user.role_id === null)
    await db('user_roles')
      .insert({ id: EVERYONE_ROLE_ID, position: -1, permissions: '65536' })
      .onConflict('id')
      .ignore()
  const role = await db<UserRoleRow>('user_roles')
    .where('id', user.role_id ?? EVERYONE_ROLE_ID)
    .first()
  if (!role) throw new Error(`There is no role ${user.role_id}.`)
  return role
}

export async function makeApplication(
  db: Db,
  values: Partial<OauthApplicationRow> = {},
): Promise<OauthApplicationRow> {
  const number = next()
  return insertRow(db, 'oauth_applications', {
    name: `App ${number}`,
    uid: `test-client-id-${number}`,
    secret: `test-client-secret-${number}`,
    redirect_uri: 'urn:ietf:wg:oauth:2.0:oob',
    scopes: 'read write follow push',
    ...values,
  })
}

export type TokenValues = Partial<Omit<OauthAccessTokenRow, 'scopes'>> & {
  /** None: an app-only token. */
  user?: Pick<UserRow, 'id'>
  application?: Pick<OauthApplicationRow, 'id'>
  /** Default `read write follow push`. */
  scopes?: string
}

/** An access token; `secret` is what goes after `Bearer`. */
export async function makeToken(
  db: Db,
  values: TokenValues = {},
): Promise<{ row: OauthAccessTokenRow; secret: string }> {
  const { user, application, ...columns } = values
  const owner = columns.application_id ?? (application ?? (await makeApplication(db))).id
  const row = await insertRow<OauthAccessTokenRow>(db, 'oauth_access_tokens', {
    resource_owner_id: user?.id ?? null,
    application_id: owner,
    scopes: 'read write follow push',
    token: `test-token-${next()}-${Math.random().toString(36).slice(2)}`,
    ...columns,
  })
  return { row, secret: row.token }
}
