import type { Db } from '../connection.ts'
import { statement } from '../statement.ts'

/** What the door for other servers asks, and what incoming activities find by their ids. */

export interface DoorFacts {
  /** Null: a key we do not hold. */
  signer_id: string | null
  signer_uri: string | null
  signer_domain: string | null
  signer_public_key: string | null
  /** Severity of the block of the key's host, null without one. */
  severity: number | null
  is_allowed: boolean
  is_unavailable: boolean
  is_actor_known: boolean
  /** Null for the shared inbox, and for an account that is not there. */
  owner_id: string | null
}

export interface DoorQuestion {
  keyId: string
  /** The key's host and its parents. */
  domains: readonly string[]
  host: string
  actor: string
  ownerId: string | null
  ownerName: string | null
}

const door = statement<DoorFacts>(
  'inbox.door',
  `select signer.id as signer_id, signer.uri as signer_uri, signer.domain as signer_domain,
     signer.public_key as signer_public_key,
     (select d.severity from domain_blocks d where d.domain = any($3::text[])
      order by length(d.domain) desc limit 1) as severity,
     exists (select 1 from domain_allows w where w.domain = $4) as is_allowed,
     exists (select 1 from unavailable_domains u where u.domain = $4) as is_unavailable,
     exists (select 1 from accounts k where k.uri = $5 and k.uri <> '') as is_actor_known,
     (select o.id from accounts o
      where o.domain is null and (o.id = $6::bigint or lower(o.username) = lower($7)) limit 1) as owner_id
   from (select 1) one
   left join lateral (
     select a.id, a.uri, a.domain, k.public_key
     from keypairs k join accounts a on a.id = k.account_id
     where k.uri = $1 and a.domain is not null and not k.revoked
       and (k.expires_at is null or k.expires_at > now())
     union all
     select a.id, a.uri, a.domain, a.public_key
     from accounts a
     where a.uri = $2 and a.uri <> '' and a.domain is not null and a.public_key <> ''
       and not exists (select 1 from keypairs k where k.account_id = a.id)
     limit 1
   ) signer on true`,
)

/** Everything the door needs to know about a request, in one statement. */
export async function doorFacts(db: Db, question: DoorQuestion): Promise<DoorFacts> {
  const { keyId, domains, host, actor, ownerId, ownerName } = question
  const address = keyId.split('#', 1)[0]
  const [facts] = await door(db, [keyId, address, domains, host, actor, ownerId, ownerName])
  return facts as DoorFacts
}

export type FoundActivity = {
  kind: 'reblog' | 'reaction' | 'favourite' | 'follow' | 'request' | 'block'
  id: string
  /** The status or account. */
  other_id: string
  /** Of a reaction. */
  name: string | null
}

const byUri = statement<FoundActivity>(
  'inbox.activity_by_uri',
  `select 'reblog' as kind, id, reblog_of_id as other_id, null::text as name from statuses
   where uri = $2 and account_id = $1 and reblog_of_id is not null and deleted_at is null
   union all
   select 'reaction', id, status_id, name from status_reactions where uri = $2 and account_id = $1
   union all
   select 'favourite', id, status_id, null from favourites where uri = $2 and account_id = $1
   union all
   select 'follow', id, target_account_id, null from follows where account_id = $1 and uri = $2
   union all
   select 'request', id, target_account_id, null from follow_requests where account_id = $1 and uri = $2
   union all
   select 'block', id, target_account_id, null from blocks where account_id = $1 and uri = $2
   limit 1`,
)

/** What an account did under an activity id: the row, and the status or account it did it to. */
export async function findActivityByUri(
  db: Db,
  accountId: string,
  uri: string,
): Promise<FoundActivity | null> {
  return (await byUri(db, [accountId, uri]))[0] ?? null
}

const ties = statement<{ follows: boolean; blocks: boolean }>(
  'inbox.ties_between',
  `select
     exists (select 1 from follows where account_id = $1 and target_account_id = $2)
       or exists (select 1 from follow_requests where account_id = $1 and target_account_id = $2) as follows,
     exists (select 1 from blocks where account_id = $1 and target_account_id = $2) as blocks`,
)

/** Whether an account follows (or asks to) or blocks another. */
export async function tiesBetween(
  db: Db,
  accountId: string,
  targetId: string,
): Promise<{ follows: boolean; blocks: boolean }> {
  return (await ties(db, [accountId, targetId]))[0] ?? { follows: false, blocks: false }
}

const asked = statement<{ account_id: string }>(
  'inbox.local_followers_by_uri',
  `select f.account_id from follow_requests f join accounts a on a.id = f.account_id
   where f.target_account_id = $1 and f.uri = $2 and a.domain is null
   union
   select f.account_id from follows f join accounts a on a.id = f.account_id
   where f.target_account_id = $1 and f.uri = $2 and a.domain is null`,
)

/** The local account that follows, or asked to follow, `targetId` under that activity id. */
export async function localFollowerByUri(db: Db, targetId: string, uri: string): Promise<string | null> {
  return (await asked(db, [targetId, uri]))[0]?.account_id ?? null
}

const batch = statement<{ id: string }>(
  'inbox.statuses_to_remove',
  'select id from statuses where account_id = $1 and deleted_at is null order by id desc limit $2',
)

/** The newest statuses of an account that are still there. */
export async function statusIdsToRemove(db: Db, accountId: string, limit: number): Promise<string[]> {
  return (await batch(db, [accountId, limit])).map((row) => row.id)
}

const sever = statement<never>(
  'inbox.sever_account',
  `with followed as (delete from follows where account_id = $1 returning target_account_id),
   following as (delete from follows where target_account_id = $1 returning account_id),
   asking as (delete from follow_requests where account_id = $1 or target_account_id = $1),
   liked as (delete from favourites where account_id = $1 returning status_id),
   reacted as (delete from status_reactions where account_id = $1),
   told as (delete from notifications where from_account_id = $1),
   named as (delete from mentions where account_id = $1),
   fewer as (
     -- One update a row: who followed and was followed loses both in one.
     select id, sum(follower) as followers, sum(followed) as following from (
       select target_account_id as id, 1 as follower, 0 as followed from followed
       union all select account_id, 0, 1 from following) cut
     where id <> $1 group by id),
   counted as (
     update account_stats s set followers_count = greatest(followers_count - fewer.followers, 0),
       following_count = greatest(following_count - fewer.following, 0), updated_at = now()
     from fewer where s.account_id = fewer.id),
   fewer_likes as (
     update status_stats s set favourites_count = greatest(favourites_count - 1, 0), updated_at = now()
     from liked where s.status_id = liked.status_id),
   emptied as (
     update account_stats set followers_count = 0, following_count = 0, updated_at = now() where account_id = $1)
   update accounts set display_name = '', note = '', fields = null, avatar_file_name = null, avatar_remote_url = '',
     header_file_name = null, header_remote_url = '', updated_at = now()
   where id = $1`,
)

/** Cuts every tie of a deleted account, counters included, and blanks its profile. One statement. */
export async function severAccount(db: Db, accountId: string): Promise<void> {
  await sever(db, [accountId])
}

const silentReader = statement<{ id: string }>(
  'inbox.add_silent_mention',
  `insert into mentions (status_id, account_id, silent) values ($1, $2, true)
   on conflict (account_id, status_id) do nothing returning id`,
)

/** Lets a local account read a status that came to its own inbox. */
export async function addSilentMention(db: Db, statusId: string, accountId: string): Promise<void> {
  await silentReader(db, [statusId, accountId])
}

const anyLocalFollower = statement<{ found: boolean }>(
  'inbox.has_local_follower',
  `select exists (
     select 1 from follows f join accounts a on a.id = f.account_id
     where f.target_account_id = $1 and a.domain is null) as found`,
)

/** Whether anybody here follows an account. */
export async function hasLocalFollower(db: Db, accountId: string): Promise<boolean> {
  return (await anyLocalFollower(db, [accountId]))[0]?.found ?? false
}

const otherFollower = statement<{ id: string }>(
  'inbox.other_local_follower',
  `select f.id from follows f join accounts a on a.id = f.account_id and a.domain is null
   where f.target_account_id = $1 and f.account_id <> $2 limit 1`,
)

/** Whether a local account other than one follows an account. */
export async function hasOtherLocalFollower(db: Db, accountId: string, followerId: string): Promise<boolean> {
  return (await otherFollower(db, [accountId, followerId])).length > 0
}

const relayInbox = statement<{ found: boolean }>(
  'inbox.is_relay',
  'select exists (select 1 from relays where inbox_url = any($1::text[]) and state = 2) as found',
)

/** Whether one of these inboxes is that of a relay we listen to. */
export async function isEnabledRelay(db: Db, inboxes: readonly string[]): Promise<boolean> {
  return (await relayInbox(db, [inboxes]))[0]?.found ?? false
}
