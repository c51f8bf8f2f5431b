import type { Db } from '../connection.ts'
import {
  type CustomEmojiRow,
  customEmojiColumns,
  type MediaAttachmentRow,
  mediaAttachmentColumns,
} from '../rows.gen.ts'
import { columns, statement } from '../statement.ts'

/** Deleting accounts of other servers without a trace, by the operator. */

const media = statement<MediaAttachmentRow>(
  'forget_accounts.media',
  `delete from media_attachments where id in (
     select id from media_attachments where account_id = $1 limit $2)
   returning ${columns(mediaAttachmentColumns)}`,
)

/** Deletes attachments of an account, at most `limit`; gives back the rows, for their files to follow. */
export async function deleteMediaOfAccount(
  db: Db,
  accountId: string,
  limit: number,
): Promise<MediaAttachmentRow[]> {
  return media(db, [accountId, limit])
}

const uncount = statement<never>(
  'forget_accounts.uncount',
  `with gone as (
     select coalesce(reblog_of_id, in_reply_to_id) as id, count(reblog_of_id) as reblogs,
       count(*) filter (where reblog_of_id is null) as replies
     from statuses
     where account_id = $1 and deleted_at is null and (reblog_of_id is not null or in_reply_to_id is not null)
     group by 1)
   update status_stats s set reblogs_count = greatest(s.reblogs_count - gone.reblogs, 0),
     replies_count = greatest(s.replies_count - gone.replies, 0), updated_at = now()
   from gone where s.status_id = gone.id`,
)

/** Takes the reblogs and replies of an account out of the numbers of what they are of. */
export async function uncountStatusesOf(db: Db, accountId: string): Promise<void> {
  await uncount(db, [accountId])
}

const listings = statement<never>(
  'forget_accounts.listings',
  `with own as (select id from collections where account_id = $1)
   delete from collection_items where account_id = $1 or collection_id in (select id from own)`,
)
const collections = statement<never>(
  'forget_accounts.collections',
  'delete from collections where account_id = $1',
)
const row = statement<{ id: string }>(
  'forget_accounts.row',
  'delete from accounts where id = $1 and domain is not null returning id',
)

/** Deletes the row of an account of another server with all that hangs on it; false when there was none. */
export async function deleteRemoteAccountRow(db: Db, accountId: string): Promise<boolean> {
  await listings(db, [accountId])
  await collections(db, [accountId])
  return (await row(db, [accountId])).length > 0
}

const page = statement<{ id: string }>(
  'forget_accounts.page',
  `select id from accounts
   where domain is not null and id > $1
     and ($2::text[] is null or domain = any($2::text[]))
     and ($3::text[] is null or exists (select from unnest($3::text[]) p where starts_with(accounts.uri, p)))
     and (not $4 or not exists (select from domain_allows w where w.domain = accounts.domain))
   order by id limit $5`,
)

/** Which accounts of other servers are meant; null means any. */
export interface RemoteSelection {
  domains: readonly string[] | null
  /** Beginnings of ActivityPub ids. */
  uriPrefixes: readonly string[] | null
  /** Only those that limited federation does not let in. */
  isUnlisted: boolean
}

/** Their ids, after `afterId`. */
export async function remoteAccountIds(
  db: Db,
  selection: RemoteSelection,
  afterId: string,
  limit: number,
): Promise<string[]> {
  const { domains, uriPrefixes, isUnlisted } = selection
  return (await page(db, [afterId, domains, uriPrefixes, isUnlisted, limit])).map(({ id }) => id)
}

const deleteEmojis = statement<CustomEmojiRow>(
  'forget_accounts.emojis',
  `delete from custom_emojis e where id in (
     select id from custom_emojis e where domain is not null
       and ($1::text[] is null or domain = any($1::text[]))
       and (not $2 or not exists (select from domain_allows w where w.domain = e.domain))
     limit $3)
   returning ${columns(customEmojiColumns)}`,
)

/** Deletes custom emojis of other servers, at most `limit`; gives back the rows, for their files to follow. */
export async function deleteRemoteEmojis(
  db: Db,
  selection: Pick<RemoteSelection, 'domains' | 'isUnlisted'>,
  limit: number,
): Promise<CustomEmojiRow[]> {
  return deleteEmojis(db, [selection.domains, selection.isUnlisted, limit])
}

const countEmojis = statement<{ count: number }>(
  'forget_accounts.count_emojis',
  `select count(*)::int as count from custom_emojis e where domain is not null
     and ($1::text[] is null or domain = any($1::text[]))
     and (not $2 or not exists (select from domain_allows w where w.domain = e.domain))`,
)

/** How many those are. */
export async function countRemoteEmojis(
  db: Db,
  selection: Pick<RemoteSelection, 'domains' | 'isUnlisted'>,
): Promise<number> {
  return (await countEmojis(db, [selection.domains, selection.isUnlisted]))[0]?.count ?? 0
}

const domainsOfEmojis = statement<{ domain: string }>(
  'forget_accounts.emoji_domains',
  'select distinct domain from custom_emojis where domain is not null',
)

/** Every other server that we know custom emojis of. */
export async function emojiDomains(db: Db): Promise<string[]> {
  return (await domainsOfEmojis(db, [])).map(({ domain }) => domain)
}

const severed = statement<never>(
  'forget_accounts.severances',
  `update relationship_severance_events set purged = true, updated_at = now()
   where target_name = any($1::text[]) and not purged`,
)

/** Marks what was told of cut follows as not to be brought back. */
export async function markSeverancesPurged(db: Db, domains: readonly string[]): Promise<void> {
  await severed(db, [domains])
}
