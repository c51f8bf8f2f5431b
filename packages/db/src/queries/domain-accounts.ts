import type { Db } from '../connection.ts'
import {
  type AccountRow,
  accountColumns,
  type CustomEmojiRow,
  customEmojiColumns,
  type MediaAttachmentRow,
  mediaAttachmentColumns,
} from '../rows.gen.ts'
import { columns, statement } from '../statement.ts'

/** The accounts of whole servers, and what is done to all of them at once. */

const known = statement<{ domain: string }>(
  'domain_accounts.below',
  `with recursive known as (
     (select domain from accounts where domain is not null order by domain limit 1)
     union all
     select (select a.domain from accounts a where a.domain > k.domain order by a.domain limit 1)
     from known k where k.domain is not null
   )
   select domain from known
   where domain = $1 or regexp_replace(domain, ':[0-9]+$', '') = $1
     or right(regexp_replace(domain, ':[0-9]+$', ''), length($1) + 1) = '.' || $1`,
)

/** The servers we know accounts of that a block of `domain` means: itself and what lies below. Leaps over the index. */
export async function knownDomainsBelow(db: Db, domain: string): Promise<string[]> {
  return (await known(db, [domain])).map((row) => row.domain)
}

const all = statement<{ domain: string }>(
  'domain_accounts.all',
  `with recursive known as (
     (select domain from accounts where domain is not null order by domain limit 1)
     union all
     select (select a.domain from accounts a where a.domain > k.domain order by a.domain limit 1)
     from known k where k.domain is not null
   )
   select domain from known where domain is not null`,
)

/** Every server we know accounts of. */
export async function knownDomains(db: Db): Promise<string[]> {
  return (await all(db, [])).map((row) => row.domain)
}

const silence = statement<{ id: string }>(
  'domain_accounts.silence',
  `update accounts set silenced_at = $2, updated_at = now() where id in (
     select id from accounts where domain = $1 and silenced_at is null and id > $4 order by id limit $3)
   returning id`,
)
const unsilence = statement<{ id: string }>(
  'domain_accounts.unsilence',
  `update accounts set silenced_at = null, updated_at = now() where id in (
     select id from accounts where domain = $1 and silenced_at = $2 and id > $4 order by id limit $3)
   returning id`,
)
const suspend = statement<{ id: string }>(
  'domain_accounts.suspend',
  `update accounts set suspended_at = $2, suspension_origin = 0, updated_at = now() where id in (
     select id from accounts where domain = $1 and suspended_at is null and id > $4 order by id limit $3)
   returning id`,
)
const unsuspend = statement<{ id: string }>(
  'domain_accounts.unsuspend',
  `update accounts set suspended_at = null, suspension_origin = null, updated_at = now() where id in (
     select id from accounts where domain = $1 and suspended_at = $2 and id > $4 order by id limit $3)
   returning id`,
)

export type DomainChange = keyof typeof CHANGES
const CHANGES = { silence, unsilence, suspend, unsuspend }

/**
 * Limits or frees at most `limit` accounts of a server, by id, after `afterId`. The time is that of the block: what it set
 * is known by it, and freeing touches nothing else.
 *
 * @returns the highest id that changed; null when fewer than `limit` did and none is left
 */
export async function changeDomainAccounts(
  db: Db,
  change: keyof typeof CHANGES,
  domain: string,
  { at, afterId, limit }: { at: Date; afterId: string; limit: number },
): Promise<string | null> {
  const rows = await CHANGES[change](db, [domain, at, limit, afterId])
  if (rows.length < limit) return null
  return rows.reduce((highest, { id }) => (BigInt(id) > BigInt(highest) ? id : highest), afterId)
}

const suspendedAt = statement<{ id: string }>(
  'domain_accounts.suspended_at',
  `select id from accounts where domain = any($1::text[]) and suspended_at = $2 and id > $3 order by id limit $4`,
)

/** The accounts of some servers that were suspended at a time, by id, after `afterId`. */
export async function accountIdsSuspendedAt(
  db: Db,
  domains: readonly string[],
  at: Date,
  afterId: string,
  limit: number,
): Promise<string[]> {
  return (await suspendedAt(db, [domains, at, afterId, limit])).map((row) => row.id)
}

const page = statement<{ id: string }>(
  'domain_accounts.page',
  'select id from accounts where domain = any($1::text[]) and id > $2 order by id limit $3',
)

/** The accounts of some servers by id, after `afterId`. */
export async function accountIdsOfDomains(
  db: Db,
  domains: readonly string[],
  afterId: string,
  limit: number,
): Promise<string[]> {
  return (await page(db, [domains, afterId, limit])).map((row) => row.id)
}

const follows = statement<{ account_id: string; target_account_id: string }>(
  'domain_accounts.follows',
  `(select f.account_id, f.target_account_id from accounts a join follows f on f.account_id = a.id
    where a.domain = any($1::text[]) and a.suspended_at = $2 limit $3)
   union all
   (select f.account_id, f.target_account_id from accounts a join follows f on f.target_account_id = a.id
    where a.domain = any($1::text[]) and a.suspended_at = $2 limit $3)
   limit $3`,
)

/** Follows, either way, of accounts of some servers that were suspended at a time. */
export async function followsOfSuspended(
  db: Db,
  domains: readonly string[],
  at: Date,
  limit: number,
): Promise<{ account_id: string; target_account_id: string }[]> {
  return follows(db, [domains, at, limit])
}

const requests = statement<{ account_id: string; target_account_id: string }>(
  'domain_accounts.requests',
  `(select f.account_id, f.target_account_id from accounts a join follow_requests f on f.account_id = a.id
    where a.domain = any($1::text[]) and a.suspended_at = $2 limit $3)
   union all
   (select f.account_id, f.target_account_id from accounts a join follow_requests f on f.target_account_id = a.id
    where a.domain = any($1::text[]) and a.suspended_at = $2 limit $3)
   limit $3`,
)

/** Follow requests, either way, of accounts of some servers that were suspended at a time. */
export async function requestsOfSuspended(
  db: Db,
  domains: readonly string[],
  at: Date,
  limit: number,
): Promise<{ account_id: string; target_account_id: string }[]> {
  return requests(db, [domains, at, limit])
}

const images = statement<AccountRow>(
  'domain_accounts.with_images',
  `select ${columns(accountColumns)} from accounts
   where domain = any($1::text[]) and (avatar_file_name is not null or header_file_name is not null) limit $2`,
)
const forgetImages = statement<never>(
  'domain_accounts.forget_images',
  `update accounts set avatar_file_name = null, avatar_content_type = null, avatar_file_size = null,
     header_file_name = null, header_content_type = null, header_file_size = null, updated_at = now()
   where id = any($1::bigint[])`,
)

/** Accounts of some servers whose pictures lie in our store. */
export async function accountsWithImages(
  db: Db,
  domains: readonly string[],
  limit: number,
): Promise<AccountRow[]> {
  return images(db, [domains, limit])
}

export async function forgetProfileImages(db: Db, ids: readonly string[]): Promise<void> {
  await forgetImages(db, [ids])
}

const UNKNOWN_TYPE = 3

const stored = statement<MediaAttachmentRow>(
  'domain_accounts.stored_media',
  `select ${columns(mediaAttachmentColumns, 'm')} from accounts a
   cross join lateral (
     select ${columns(mediaAttachmentColumns)} from media_attachments
     where account_id = a.id and (file_file_name is not null or thumbnail_file_name is not null) limit $2) m
   where a.domain = any($1::text[]) limit $2`,
)
const forgetFiles = statement<never>(
  'domain_accounts.forget_media',
  `update media_attachments set file_file_name = null, file_content_type = null, file_file_size = null,
     thumbnail_file_name = null, thumbnail_content_type = null, thumbnail_file_size = null,
     type = ${UNKNOWN_TYPE}, updated_at = now()
   where id = any($1::bigint[])`,
)

/** Attachments of some servers whose files lie in our store. */
export async function storedMediaOfDomains(
  db: Db,
  domains: readonly string[],
  limit: number,
): Promise<MediaAttachmentRow[]> {
  return stored(db, [domains, limit])
}

/** Makes attachments mere addresses of files that we do not show. */
export async function forgetMediaFiles(db: Db, ids: readonly string[]): Promise<void> {
  await forgetFiles(db, [ids])
}

const emojis = statement<CustomEmojiRow>(
  'domain_accounts.delete_emojis',
  `delete from custom_emojis where id in (
     select id from custom_emojis where domain = $1 or (domain is not null and
       (regexp_replace(domain, ':[0-9]+$', '') = $1
        or right(regexp_replace(domain, ':[0-9]+$', ''), length($1) + 1) = '.' || $1)) limit $2)
   returning ${columns(customEmojiColumns)}`,
)

/** Deletes custom emojis of a domain and what lies below it, at most `limit`; gives back the rows. */
export async function deleteEmojisBelow(db: Db, domain: string, limit: number): Promise<CustomEmojiRow[]> {
  return emojis(db, [domain, limit])
}
