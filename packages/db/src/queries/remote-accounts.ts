import type { Db } from '../connection.ts'
import { type AccountRow, accountColumns } from '../rows.gen.ts'
import { columns, statement } from '../statement.ts'

/** What fetching and receiving write about accounts of other servers. */

const ACCOUNT = columns(accountColumns)

/** Columns that come from an actor document, by name; dates and lists as JSON holds them. */
const WRITTEN = accountColumns.filter((name) => !['id', 'created_at', 'private_key'].includes(name))
export type RemoteAccountValues = Pick<AccountRow, (typeof accountColumns)[number]>

const candidates = statement<AccountRow>(
  'remote_accounts.candidates',
  `select ${ACCOUNT} from accounts where domain is not null and uri = $1 and uri <> ''
   union
   select ${ACCOUNT} from accounts where lower(username) = lower($2) and coalesce(lower(domain), '') = lower($3)`,
)

/** The account that has an id, and the one that has a handle, as far as they are there; often they are one. */
export async function remoteAccountsFor(
  db: Db,
  uri: string,
  username: string,
  domain: string,
): Promise<{ byUri: AccountRow | null; byHandle: AccountRow | null }> {
  const rows = await candidates(db, [uri, username, domain])
  const byUri = rows.find((row) => row.uri === uri) ?? null
  const byHandle =
    rows.find(
      (row) => row.username.toLowerCase() === username.toLowerCase() && row.domain?.toLowerCase() === domain,
    ) ?? null
  return { byUri, byHandle }
}

const INSERTED = columns(WRITTEN)

const insert = statement<AccountRow>(
  'remote_accounts.insert',
  `insert into accounts (${INSERTED})
   select ${columns(WRITTEN, 'r')} from jsonb_populate_record(null::accounts, $1::jsonb) r
   on conflict do nothing returning ${ACCOUNT}`,
)

/** What the columns of a new account hold when nothing is said. */
const DEFAULTS = {
  avatar_description: '',
  display_name: '',
  feature_approval_policy: 0,
  followers_url: '',
  following_url: '',
  header_description: '',
  header_remote_url: '',
  inbox_url: '',
  indexable: false,
  locked: false,
  memorial: false,
  note: '',
  outbox_url: '',
  protocol: 1,
  public_key: '',
  shared_inbox_url: '',
  show_featured: true,
  show_media: true,
  show_media_replies: true,
  uri: '',
  username: '',
}

/** Inserts an account, or returns null when its id or its handle is there already. */
export async function insertRemoteAccount(
  db: Db,
  values: Partial<RemoteAccountValues>,
): Promise<AccountRow | null> {
  const now = new Date()
  const [row] = await insert(db, [JSON.stringify({ ...DEFAULTS, updated_at: now, ...values })])
  return row ?? null
}

const update = statement<AccountRow>(
  'remote_accounts.update',
  `update accounts a set (${INSERTED}) = (
     select ${columns(WRITTEN, 'r')} from jsonb_populate_record(a, $2::jsonb) r)
   where a.id = $1 and a.domain is not null returning ${ACCOUNT}`,
)

/** Sets the given columns of a remote account; null when it is gone. */
export async function updateRemoteAccount(
  db: Db,
  id: string,
  values: Partial<RemoteAccountValues>,
): Promise<AccountRow | null> {
  const [row] = await update(db, [id, JSON.stringify(values)])
  return row ?? null
}

const hide = statement<never>(
  'remote_accounts.hide_from_visitors',
  `with open as (delete from accounts_hidden_from_visitors where account_id = $1 and not ($2 or $3))
   insert into accounts_hidden_from_visitors (account_id, hides_public, hides_unlisted)
   select $1::bigint, $2::boolean, $3::boolean where $2 or $3
   on conflict (account_id) do update set hides_public = excluded.hides_public, hides_unlisted = excluded.hides_unlisted`,
)

/** Keeps which statuses of an account its server hides from people who are not signed in. */
export async function setHiddenFromVisitors(
  db: Db,
  id: string,
  hides: { public: boolean; unlisted: boolean },
): Promise<void> {
  await hide(db, [id, hides.public, hides.unlisted])
}

const gone = statement<never>(
  'remote_accounts.mark_gone',
  `update accounts set suspended_at = coalesce(suspended_at, now()), suspension_origin = coalesce(suspension_origin, 1),
     updated_at = now()
   where id = $1 and domain is not null`,
)

/** Hides an account whose server says that it is gone for good. */
export async function markAccountGone(db: Db, id: string): Promise<void> {
  await gone(db, [id])
}

const known = statement<{ found: boolean }>(
  'remote_accounts.domain_known',
  'select exists (select 1 from accounts where domain = $1) as found',
)

/** Whether we know anybody there. */
export async function isDomainKnown(db: Db, domain: string): Promise<boolean> {
  return (await known(db, [domain]))[0]?.found ?? false
}

const counts = statement<never>(
  'remote_accounts.set_counts',
  `with hidden as (
     update accounts set hide_collections = $5 where id = $1 and $5::boolean is not null
       and hide_collections is distinct from $5
   )
   insert into account_stats as s (account_id, statuses_count, followers_count, following_count)
   values ($1, coalesce($2::bigint, 0), coalesce($3::bigint, 0), coalesce($4::bigint, 0))
   on conflict (account_id) do update set
     statuses_count = coalesce($2::bigint, s.statuses_count),
     followers_count = coalesce($3::bigint, s.followers_count),
     following_count = coalesce($4::bigint, s.following_count),
     updated_at = now()`,
)

export interface RemoteCounts {
  statuses: number | null
  followers: number | null
  following: number | null
  hideCollections: boolean | null
}

/** Sets what another server tells of its account; null is left as it is. */
export async function setRemoteCounts(db: Db, accountId: string, told: RemoteCounts): Promise<void> {
  await counts(db, [accountId, told.statuses, told.followers, told.following, told.hideCollections])
}

const emojis = statement<{ id: string }>(
  'remote_accounts.upsert_emojis',
  `insert into custom_emojis as e (domain, shortcode, image_remote_url, uri, updated_at, image_updated_at)
   select $1, n.shortcode, n.image, n.uri, coalesce(n.updated, now()), now()
   from (
     select distinct on (shortcode) * from unnest($2::text[], $3::text[], $4::text[], $5::timestamptz[])
       as given (shortcode, image, uri, updated)
   ) n
   on conflict (shortcode, domain) do update set
     image_remote_url = excluded.image_remote_url, uri = excluded.uri, updated_at = excluded.updated_at,
     image_updated_at = now()
   where e.updated_at <= excluded.updated_at and (
     e.image_remote_url is distinct from excluded.image_remote_url
     -- What its server does not date is of now.
     or (excluded.updated_at > e.updated_at and excluded.updated_at <> now()::timestamptz(3))
     or (e.image_file_name is null
       and (e.image_updated_at is null or e.image_updated_at < now() - interval '1 day')))
   returning id`,
)

export interface RemoteEmoji {
  shortcode: string
  imageUrl: string
  uri: string | null
  updatedAt: Date | null
}

/**
 * Stores custom emojis under the server that sent them; one that is older than ours changes nothing.
 *
 * @returns the ids of those whose picture is to be fetched: new ones, those with another one or a newer date, and once a day those
 * whose picture never came
 */
export async function upsertRemoteEmojis(
  db: Db,
  domain: string,
  given: readonly RemoteEmoji[],
): Promise<string[]> {
  if (given.length === 0) return []
  const rows = await emojis(db, [
    domain,
    given.map((emoji) => emoji.shortcode),
    given.map((emoji) => emoji.imageUrl),
    given.map((emoji) => emoji.uri),
    given.map((emoji) => emoji.updatedAt),
  ])
  return rows.map(({ id }) => id)
}
