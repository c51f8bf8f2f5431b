import type { Db } from '../connection.ts'
import { statement } from '../statement.ts'

/** What goes out to other servers: who is reached, bodies of activities, servers that do not answer. */

const hostOf = (url: string) => `lower(split_part(split_part(${url}, '://', 2), '/', 1))`

/** From accounts `a` in a `reach(id)`: their inboxes, each once, shared before personal, without dead servers. */
const inboxesOfReach = (suspendedToo: string) => `
, inboxes as (
  select distinct coalesce(nullif(a.shared_inbox_url, ''), a.inbox_url) as inbox
  from reach join accounts a on a.id = reach.id
  where a.domain is not null and (a.suspended_at is null or ${suspendedToo})
)
select inbox from inboxes
where inbox <> '' and not exists (select 1 from unavailable_domains d where d.domain = ${hostOf('inbox')})`

const PUBLIC_OR_UNLISTED = '(0, 1)'
/** Relays `r` that have accepted and want to be sent activities whole. */
const IS_TOLD = 'r.state = 2 and r.actor_uri is null'

const statusReach = statement<{ inbox: string }>(
  'deliveries.status_inboxes',
  `
with status as (
  select id, account_id, in_reply_to_id, in_reply_to_account_id, reblog_of_id, visibility from statuses where id = $1
), reach as (
  select m.account_id as id from mentions m join status s on m.status_id = s.id
  union
  select q.quoted_account_id from quotes q join status s on q.status_id = s.id
  union
  select s.in_reply_to_account_id from status s where s.visibility in ${PUBLIC_OR_UNLISTED}
  union
  select r.account_id from status s join statuses r on r.id = s.reblog_of_id
  union
  select r.account_id from status s join statuses r on r.reblog_of_id = s.id
  where (s.visibility in ${PUBLIC_OR_UNLISTED} or $2) and (r.deleted_at is null or $2)
  union
  select f.account_id from status s join favourites f on f.status_id = s.id
  where s.visibility in ${PUBLIC_OR_UNLISTED} or $2
  union
  select r.account_id from status s join statuses r on r.in_reply_to_id = s.id
  where (s.visibility in ${PUBLIC_OR_UNLISTED} or $2) and r.deleted_at is null
  union
  select q.account_id from status s join quotes q on q.quoted_status_id = s.id
  where s.visibility in ${PUBLIC_OR_UNLISTED} or $2
  union
  select f.account_id from status s join follows f on f.target_account_id = s.account_id where s.visibility < 3
  union
  select f.account_id from status s
  join accounts replied on replied.id = s.in_reply_to_account_id and replied.domain is null
  join follows f on f.target_account_id = replied.id
  join accounts author on author.id = s.account_id
  where s.visibility in ${PUBLIC_OR_UNLISTED} and s.in_reply_to_account_id <> s.account_id
    and not exists (
      select 1 from account_domain_blocks b where b.account_id = f.account_id and b.domain = author.domain)
) ${inboxesOfReach('$2')}
union
select r.inbox_url from relays r, status s where s.visibility = 0 and ${IS_TOLD}`,
)

/**
 * The inboxes a status goes to. The row may be soft-deleted.
 *
 * @param everybody also everyone who interacted with a private one, and the suspended: for deletions
 */
export async function statusInboxUrls(db: Db, statusId: string, everybody: boolean): Promise<string[]> {
  return (await statusReach(db, [statusId, everybody])).map((row) => row.inbox)
}

const pollReach = statement<{ inbox: string }>(
  'deliveries.poll_inboxes',
  `
with status as (
  select id, account_id, visibility, poll_id from statuses where id = $1
), reach as (
  select m.account_id as id from mentions m join status s on m.status_id = s.id
  union
  select r.account_id from status s join statuses r on r.reblog_of_id = s.id where r.deleted_at is null
  union
  select v.account_id from status s join poll_votes v on v.poll_id = s.poll_id
  union
  select f.account_id from status s join follows f on f.target_account_id = s.account_id where s.visibility < 3
) ${inboxesOfReach('false')}
union
select r.inbox_url from relays r, status s where s.visibility = 0 and ${IS_TOLD}`,
)

/** The inboxes of those who see the results of a poll: mentioned, boosters, voters, followers. */
export async function pollInboxUrls(db: Db, statusId: string): Promise<string[]> {
  return (await pollReach(db, [statusId])).map((row) => row.inbox)
}

const followerReach = statement<{ inbox: string }>(
  'deliveries.follower_inboxes',
  `with reach as (select f.account_id as id from follows f where f.target_account_id = $1) ${inboxesOfReach('false')}`,
)

/** The inboxes of an account's followers. */
export async function followerInboxUrls(db: Db, accountId: string): Promise<string[]> {
  return (await followerReach(db, [accountId])).map((row) => row.inbox)
}

const RECENT = `interval '2 days'`
const RECENT_STATUSES = 200
const RECENT_ACCOUNTS = 2000

const accountReach = statement<{ inbox: string }>(
  'deliveries.account_inboxes',
  `
with recent as (
  select id from statuses where account_id = $1 and deleted_at is null and created_at > now() - ${RECENT}
  order by id desc limit ${RECENT_STATUSES}
), reach as (
  select f.account_id as id from follows f where f.target_account_id = $1
  union
  (select r.account_id from reports r where r.target_account_id = $1 limit ${RECENT_ACCOUNTS})
  union
  (select m.account_id from mentions m where m.status_id in (select id from recent) limit ${RECENT_ACCOUNTS})
  union
  (select f.target_account_id from follows f
   where f.account_id = $1 and f.created_at > now() - ${RECENT} limit ${RECENT_ACCOUNTS})
  union
  (select r.target_account_id from follow_requests r
   where r.account_id = $1 and r.created_at > now() - ${RECENT} limit ${RECENT_ACCOUNTS})
) ${inboxesOfReach('false')}
union
select r.inbox_url from relays r where ${IS_TOLD}`,
)

/** The inboxes of everyone who knows an account: followers, reporters, and whom it lately mentioned or followed. */
export async function accountInboxUrls(db: Db, accountId: string): Promise<string[]> {
  return (await accountReach(db, [accountId])).map((row) => row.inbox)
}

const moveReach = statement<{ inbox: string }>(
  'deliveries.move_inboxes',
  `
with reach as (
  select f.account_id as id from follows f where f.target_account_id = $1
  union
  select b.account_id from blocks b where b.target_account_id = $1
) ${inboxesOfReach('false')}
union
select r.inbox_url from relays r where ${IS_TOLD}`,
)

/** The inboxes of those a Move of an account concerns: who follows it, who blocks it, relays. */
export async function moveInboxUrls(db: Db, accountId: string): Promise<string[]> {
  return (await moveReach(db, [accountId])).map((row) => row.inbox)
}

const insertBody = statement<{ id: string }>(
  'deliveries.store_body',
  `insert into activity_bodies (digest, body) values ($1, $2)
   on conflict (digest) do update set created_at = now() returning id`,
)

/** Stores the body of an activity, or finds the equal one, and keeps it from the vacuum for a while more. */
export async function storeActivityBody(db: Db, digest: string, body: string): Promise<string> {
  const [row] = await insertBody(db, [digest, body])
  return (row as { id: string }).id
}

/** A delivery and what decides whether it is made. */
export interface DeliveryRow {
  body: string
  signer_id: string
  signer_username: string
  signer_id_scheme: number | null
  signer_private_key: string | null
  signer_suspended_at: Date | null
  is_unavailable: boolean
}

const delivery = statement<DeliveryRow>(
  'deliveries.by_body',
  `select b.body, a.id as signer_id, a.username as signer_username, a.id_scheme as signer_id_scheme,
     a.private_key as signer_private_key, a.suspended_at as signer_suspended_at,
     exists (select 1 from unavailable_domains d where d.domain = $3) as is_unavailable
   from activity_bodies b join accounts a on a.id = $2 and a.domain is null
   where b.id = $1`,
)

/** The body, its signer and the state of the host, or null when the body or the signer is gone. */
export async function findDelivery(
  db: Db,
  bodyId: string,
  signerId: string,
  host: string,
): Promise<DeliveryRow | null> {
  const [row] = await delivery(db, [bodyId, signerId, host])
  return row ?? null
}

const markUnavailable = statement<never>(
  'deliveries.mark_unavailable',
  'insert into unavailable_domains (domain) values ($1) on conflict (domain) do nothing',
)
const markAvailable = statement<never>(
  'deliveries.mark_available',
  'delete from unavailable_domains where domain = $1',
)

/** Stops deliveries to a host. */
export async function insertUnavailableHost(db: Db, host: string): Promise<void> {
  await markUnavailable(db, [host])
}

export async function deleteUnavailableHost(db: Db, host: string): Promise<void> {
  await markAvailable(db, [host])
}

const deleteBodies = statement<{ id: string }>(
  'deliveries.delete_old_bodies',
  `delete from activity_bodies where id in (
     select b.id from activity_bodies b
     where b.created_at < $1 and not exists (
       select 1 from job_outbox j where j.name = 'federation.deliver' and j.payload->>'bodyId' = b.id::text)
     limit 1000) returning id`,
)

/** Deletes bodies last sent before `before` that no delivery waits for, at most 1,000; returns how many. */
export async function deleteOldActivityBodies(db: Db, before: Date): Promise<number> {
  return (await deleteBodies(db, [before])).length
}

export interface DomainRuleRow {
  severity: number | null
  reject_media: boolean
  reject_reports: boolean
  domain: string
  created_at: Date
}

const domainRule = statement<DomainRuleRow>(
  'deliveries.domain_rule',
  `select severity, reject_media, reject_reports, domain, created_at from domain_blocks
   where domain = any($1::text[]) order by length(domain) desc limit 1`,
)

/** The most specific block among a host and its parents. */
export async function domainRuleAmong(db: Db, domains: readonly string[]): Promise<DomainRuleRow | null> {
  const [row] = await domainRule(db, [domains])
  return row ?? null
}

const domainAllow = statement<{ id: string }>(
  'deliveries.domain_allowed',
  'select id from domain_allows where domain = $1',
)

/** Whether limited federation lists exactly this host. */
export async function isDomainAllowed(db: Db, domain: string): Promise<boolean> {
  return (await domainAllow(db, [domain])).length > 0
}
