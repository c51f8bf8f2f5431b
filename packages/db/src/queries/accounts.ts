import type { Db } from '../connection.ts'
import { type AccountRow, accountColumns } from '../rows.gen.ts'
import { columns, statement } from '../statement.ts'
import { byColumn } from '../to-map.ts'

const ACCOUNT = columns(accountColumns)

const byId = statement<AccountRow>('account_by_id', `select ${ACCOUNT} from accounts where id = $1`)

const byIds = statement<AccountRow>(
  'accounts_by_ids',
  `select ${ACCOUNT} from accounts where id = any($1::bigint[])`,
)

const byUri = statement<AccountRow>(
  'account_by_uri',
  `select ${ACCOUNT} from accounts where uri = $1 and uri <> ''`,
)

const byHandle = statement<AccountRow>(
  'account_by_handle',
  `select ${ACCOUNT} from accounts
   where lower(username) = lower($1) and coalesce(lower(domain), '') = coalesce(lower($2::text), '')`,
)

/** Finds an account, local or remote, suspended ones included. */
export async function accountById(db: Db, id: string): Promise<AccountRow | null> {
  return (await byId(db, [id]))[0] ?? null
}

/** Finds accounts by id; missing ids are absent from the map. */
export async function accountsByIds(db: Db, ids: readonly string[]): Promise<Map<string, AccountRow>> {
  if (ids.length === 0) return new Map()
  return byColumn(await byIds(db, [[...new Set(ids)]]), 'id')
}

/** Finds a remote account by its ActivityPub id. The addresses of local accounts are not stored: see `kernel/uris.ts`. */
export async function accountByUri(db: Db, uri: string): Promise<AccountRow | null> {
  return (await byUri(db, [uri]))[0] ?? null
}

/** Finds an account by its handle, whatever the case; `domain` null is our own. */
export async function accountByHandle(
  db: Db,
  username: string,
  domain: string | null,
): Promise<AccountRow | null> {
  return (await byHandle(db, [username, domain]))[0] ?? null
}

/** Finds an account of ours by its name, whatever the case. */
export async function localAccountByUsername(db: Db, username: string): Promise<AccountRow | null> {
  return accountByHandle(db, username, null)
}

export interface AccountStatsChange {
  statuses?: number
  followers?: number
  following?: number
  /** Moves the time of the newest status forward; an earlier one changes nothing. */
  lastStatusAt?: Date
}

const addToStats = statement<never>(
  'account_stats_add',
  `insert into account_stats as s (account_id, statuses_count, followers_count, following_count, last_status_at)
   select id, greatest(statuses, 0), greatest(followers, 0), greatest(following, 0), last_at
   from unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[], $5::timestamptz[])
     with ordinality as c (id, statuses, followers, following, last_at, place)
   order by id
   on conflict (account_id) do update set
     statuses_count = greatest(s.statuses_count + ($2::bigint[])[array_position($1::bigint[], s.account_id)], 0),
     followers_count = greatest(s.followers_count + ($3::bigint[])[array_position($1::bigint[], s.account_id)], 0),
     following_count = greatest(s.following_count + ($4::bigint[])[array_position($1::bigint[], s.account_id)], 0),
     last_status_at = greatest(s.last_status_at, excluded.last_status_at),
     updated_at = now()`,
)

/** Adds to the counters of an account, never below zero; one statement, safe in parallel. */
export async function incrementAccountStats(
  db: Db,
  accountId: string,
  change: AccountStatsChange,
): Promise<void> {
  await incrementAccountsStats(db, new Map([[accountId, change]]))
}

/** The same for many accounts in one statement; rows are locked in the order of their ids, so that nobody waits in a circle. */
export async function incrementAccountsStats(
  db: Db,
  changes: ReadonlyMap<string, AccountStatsChange>,
): Promise<void> {
  const entries = [...changes]
  if (entries.length === 0) return
  await addToStats(db, [
    entries.map(([id]) => id),
    entries.map(([, change]) => change.statuses ?? 0),
    entries.map(([, change]) => change.followers ?? 0),
    entries.map(([, change]) => change.following ?? 0),
    entries.map(([, change]) => change.lastStatusAt ?? null),
  ])
}

/** An account with what says whether its login may be seen yet; the user columns are null where there is no login. */
export interface AccountWithLogin extends AccountRow {
  user_approved: boolean | null
  user_confirmed_at: Date | null
}

const WITH_LOGIN = `${columns(accountColumns, 'a')}, u.approved as user_approved, u.confirmed_at as user_confirmed_at
   from accounts a left join users u on u.account_id = a.id`

const withLoginByIds = statement<AccountWithLogin>(
  'accounts_with_login_by_ids',
  `select ${WITH_LOGIN} where a.id = any($1::bigint[])`,
)

const withLoginByHandle = statement<AccountWithLogin>(
  'account_with_login_by_handle',
  `select ${WITH_LOGIN}
   where lower(a.username) = lower($1) and coalesce(lower(a.domain), '') = coalesce(lower($2::text), '')`,
)

/** Finds accounts with the state of their logins; missing ids are absent. */
export async function accountsWithLoginByIds(
  db: Db,
  ids: readonly string[],
): Promise<Map<string, AccountWithLogin>> {
  return byColumn(await withLoginByIds(db, [ids]), 'id')
}

export async function accountWithLoginByHandle(
  db: Db,
  username: string,
  domain: string | null,
): Promise<AccountWithLogin | null> {
  return (await withLoginByHandle(db, [username, domain]))[0] ?? null
}

/** What the owner of a profile can change. */
export type ProfileColumns = Partial<
  Pick<
    AccountRow,
    | 'display_name'
    | 'note'
    | 'avatar_description'
    | 'header_description'
    | 'locked'
    | 'actor_type'
    | 'discoverable'
    | 'indexable'
    | 'hide_collections'
    | 'show_media'
    | 'show_media_replies'
    | 'show_featured'
    | 'attribution_domains'
    | 'fields'
  >
>

/** Changes the named columns of a profile; the statement depends on which they are, so it is built. */
export async function updateProfileColumns(
  db: Db,
  accountId: string,
  patch: ProfileColumns,
): Promise<AccountRow | null> {
  const { fields, ...plain } = patch
  const values = fields === undefined ? plain : { ...plain, fields: JSON.stringify(fields) }
  const rows: AccountRow[] = await db('accounts')
    .where({ id: accountId })
    .update({ ...values, updated_at: db.fn.now() })
    .returning([...accountColumns])
  return rows[0] ?? null
}

const verifyLinks = statement<never>(
  'account_verify_links',
  `update accounts a set updated_at = $3::timestamp, fields = (
     select jsonb_agg(case
       when f.field->>'value' = any($2::text[]) and f.field->>'verified_at' is null
       then f.field || jsonb_build_object('verified_at', $4::text) else f.field end order by f.place)
     from jsonb_array_elements(a.fields) with ordinality as f (field, place))
   where a.id = $1 and jsonb_typeof(a.fields) = 'array' and jsonb_array_length(a.fields) > 0`,
)

/** Marks the fields of a profile that have these values as proven, those that are not yet. */
export async function markLinksVerified(
  db: Db,
  accountId: string,
  values: readonly string[],
  at: Date,
): Promise<void> {
  await verifyLinks(db, [accountId, values, at, at.toISOString()])
}

const setTags = statement<never>(
  'account_set_tags',
  `with gone as (delete from accounts_tags where account_id = $1 and tag_id <> all($2::bigint[]))
   insert into accounts_tags (account_id, tag_id) select $1, t.id from unnest($2::bigint[]) as t (id)
   on conflict do nothing`,
)

/** Makes these the hashtags of a profile, and no others. */
export async function setAccountTags(db: Db, accountId: string, tagIds: readonly string[]): Promise<void> {
  await setTags(db, [accountId, tagIds])
}
