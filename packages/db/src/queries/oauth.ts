import type { Db } from '../connection.ts'
import { EVERYONE_ROLE_ID } from '../enums.ts'
import { joinedColumns, joinedRow } from '../joined.ts'
import {
  type AccountRow,
  accountColumns,
  type OauthAccessTokenRow,
  type OauthAccessGrantRow,
  type OauthApplicationRow,
  oauthAccessGrantColumns,
  oauthAccessTokenColumns,
  oauthApplicationColumns,
  type UserRoleRow,
  type UserRow,
  userColumns,
  userRoleColumns,
} from '../rows.gen.ts'
import { columns, statement } from '../statement.ts'

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

const APPLICATION = columns(oauthApplicationColumns)
const TOKEN = columns(oauthAccessTokenColumns)
const GRANT = columns(oauthAccessGrantColumns)

const insertApp = statement<OauthApplicationRow>(
  'insert_application',
  `insert into oauth_applications (name, redirect_uri, scopes, website, uid, secret)
   values ($1, $2, $3, $4, $5, $6) returning ${APPLICATION}`,
)

/** Registers a client application. */
export async function insertApplication(
  db: Db,
  app: Pick<OauthApplicationRow, 'name' | 'redirect_uri' | 'scopes' | 'website' | 'uid' | 'secret'>,
): Promise<OauthApplicationRow> {
  const rows = await insertApp(db, [app.name, app.redirect_uri, app.scopes, app.website, app.uid, app.secret])
  return only(rows)
}

const appByUid = statement<OauthApplicationRow>(
  'application_by_uid',
  `select ${APPLICATION} from oauth_applications where uid = $1`,
)
const appById = statement<OauthApplicationRow>(
  'application_by_id',
  `select ${APPLICATION} from oauth_applications where id = $1`,
)
const superapp = statement<OauthApplicationRow>(
  'web_application',
  `select ${APPLICATION} from oauth_applications where superapp order by id limit 1`,
)

/** Finds an application by its client id. */
export async function applicationByUid(db: Db, uid: string): Promise<OauthApplicationRow | null> {
  return (await appByUid(db, [uid]))[0] ?? null
}

export async function applicationById(db: Db, id: string): Promise<OauthApplicationRow | null> {
  return (await appById(db, [id]))[0] ?? null
}

/** The application of the bundled web client. */
export async function webApplication(db: Db): Promise<OauthApplicationRow | null> {
  return (await superapp(db, []))[0] ?? null
}

const insertToken = statement<OauthAccessTokenRow>(
  'insert_token',
  `insert into oauth_access_tokens (application_id, resource_owner_id, scopes, token)
   values ($1, $2, $3, $4) returning ${TOKEN}`,
)

/** Makes an access token that does not expire. @param scopes separated by spaces */
export async function insertAccessToken(
  db: Db,
  token: { applicationId: string; userId: string | null; scopes: string; secret: string },
): Promise<OauthAccessTokenRow> {
  return only(await insertToken(db, [token.applicationId, token.userId, token.scopes, token.secret]))
}

const liveTokens = statement<OauthAccessTokenRow>(
  'live_tokens_of_application',
  `select ${TOKEN} from oauth_access_tokens
   where application_id = $1 and resource_owner_id is not distinct from $2 and revoked_at is null
     and (expires_in is null or created_at + expires_in * interval '1 second' > now())
   order by id desc limit 100`,
)

/** Tokens of an application for a user (null: its own) that still work, newest first. */
export async function liveTokensOf(
  db: Db,
  applicationId: string,
  userId: string | null,
): Promise<OauthAccessTokenRow[]> {
  return liveTokens(db, [applicationId, userId])
}

const tokenById = statement<OauthAccessTokenRow>(
  'token_by_id',
  `select ${TOKEN} from oauth_access_tokens where id = $1`,
)

export async function accessTokenById(db: Db, id: string): Promise<OauthAccessTokenRow | null> {
  return (await tokenById(db, [id]))[0] ?? null
}

const revoke = statement<OauthAccessTokenRow>(
  'revoke_tokens',
  `with dead as (
     update oauth_access_tokens set revoked_at = $2
     where id = any($1::bigint[]) and revoked_at is null returning ${TOKEN}
   ), pushes as (
     delete from web_push_subscriptions where access_token_id = any($1::bigint[])
   )
   select ${TOKEN} from dead`,
)

/** Revokes tokens and drops their push subscriptions; returns those that lived until now. */
export async function revokeTokensById(
  db: Db,
  ids: readonly string[],
  at: Date,
): Promise<OauthAccessTokenRow[]> {
  return ids.length === 0 ? [] : revoke(db, [ids, at])
}

const tokenIdsOfUser = statement<{ id: string }>(
  'live_token_ids_of_user',
  `select id from oauth_access_tokens
   where resource_owner_id = $1 and revoked_at is null and ($2::bigint is null or application_id = $2)`,
)

/** Ids of a user's tokens that were not revoked, of one application or (null) of all. */
export async function liveTokenIdsOfUser(
  db: Db,
  userId: string,
  applicationId: string | null,
): Promise<string[]> {
  return (await tokenIdsOfUser(db, [userId, applicationId])).map((row) => row.id)
}

const revokeGrants = statement(
  'revoke_grants',
  `update oauth_access_grants set revoked_at = $3
   where resource_owner_id = $1 and ($2::bigint is null or application_id = $2) and revoked_at is null`,
)

/** Ends authorisation codes of a user nobody used yet, of one application or (null) of all. */
export async function revokeGrantsOfUser(
  db: Db,
  userId: string,
  applicationId: string | null,
  at: Date,
): Promise<void> {
  await revokeGrants(db, [userId, applicationId, at])
}

const insertCode = statement<OauthAccessGrantRow>(
  'insert_grant',
  `insert into oauth_access_grants
     (application_id, resource_owner_id, redirect_uri, scopes, token, expires_in, code_challenge, code_challenge_method)
   values ($1, $2, $3, $4, $5, $6, $7, $8) returning ${GRANT}`,
)

/** Keeps an authorisation code. @param token digest of the code */
export async function insertGrant(
  db: Db,
  grant: Pick<
    OauthAccessGrantRow,
    | 'application_id'
    | 'resource_owner_id'
    | 'redirect_uri'
    | 'scopes'
    | 'token'
    | 'expires_in'
    | 'code_challenge'
    | 'code_challenge_method'
  >,
): Promise<OauthAccessGrantRow> {
  return only(
    await insertCode(db, [
      grant.application_id,
      grant.resource_owner_id,
      grant.redirect_uri,
      grant.scopes,
      grant.token,
      grant.expires_in,
      grant.code_challenge,
      grant.code_challenge_method,
    ]),
  )
}

const codeByToken = statement<OauthAccessGrantRow>(
  'grant_by_token',
  `select ${GRANT} from oauth_access_grants where token = $1`,
)

/** Finds an authorisation code, used ones included. */
export async function grantByToken(db: Db, token: string): Promise<OauthAccessGrantRow | null> {
  return (await codeByToken(db, [token]))[0] ?? null
}

const useCode = statement<{ id: string }>(
  'use_grant',
  'update oauth_access_grants set revoked_at = $2 where id = $1 and revoked_at is null returning id',
)

/** Uses a code up; false when somebody was faster. */
export async function useGrant(db: Db, id: string, at: Date): Promise<boolean> {
  return (await useCode(db, [id, at])).length > 0
}

const used = statement(
  'touch_token',
  'update oauth_access_tokens set last_used_at = $2, last_used_ip = $3 where id = $1',
)

/** Notes when and from where a token was last used. */
export async function touchToken(db: Db, id: string, at: Date, ip: string | null): Promise<void> {
  await used(db, [id, at, ip])
}

/** An application a user lets in, with what it may do. */
export interface AuthorizedApplication {
  id: string
  name: string
  website: string | null
  superapp: boolean
  scopes: string[]
  authorized_at: Date
  last_used_at: Date | null
}

const authorized = statement<AuthorizedApplication>(
  'authorized_applications',
  `select o.id, o.name, o.website, o.superapp, min(t.created_at) as authorized_at,
     max(t.last_used_at) as last_used_at,
     array_agg(distinct scope) filter (where scope <> '') as scopes
   from oauth_access_tokens t
   join oauth_applications o on o.id = t.application_id
   cross join lateral unnest(string_to_array(coalesce(t.scopes, ''), ' ')) as scope
   where t.resource_owner_id = $1 and t.revoked_at is null and not o.superapp
   group by o.id order by max(t.id) desc`,
)

/** The applications with live tokens of a user, newest first; the bundled client is not among them. */
export async function authorizedApplications(db: Db, userId: string): Promise<AuthorizedApplication[]> {
  return authorized(db, [userId])
}

function only<Row>(rows: Row[]): Row {
  const [row] = rows
  if (!row) throw new Error('Nothing was inserted.')
  return row
}
