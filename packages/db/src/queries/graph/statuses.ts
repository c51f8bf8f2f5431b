import type { Db } from '../../connection.ts'
import {
  type CustomEmojiRow,
  type OauthApplicationRow,
  type PollRow,
  type PreviewCardRow,
  pollColumns,
  previewCardColumns,
  type QuoteRow,
  quoteColumns,
  type StatusRow,
  type StatusStatRow,
  statusColumns,
} from '../../rows.gen.ts'
import { statement } from '../../statement.ts'
import { part } from './part.ts'

export type StatusCounts = Omit<StatusStatRow, 'id' | 'created_at' | 'updated_at'>
export type ApplicationName = Pick<OauthApplicationRow, 'id' | 'name' | 'website'>

/** What a picture of a custom emoji is found by. */
export type EmojiPicture = Pick<
  CustomEmojiRow,
  'id' | 'domain' | 'image_file_name' | 'image_storage_schema_version'
>

/** A reaction and how many gave it. */
export interface StatusReactionCount {
  name: string
  count: number
  /** Of a custom emoji that we know. */
  emoji: EmojiPicture | null
}

/** A status with everything there is at most one of. */
export interface StatusBundle {
  status: StatusRow
  stats: StatusCounts | null
  quote: QuoteRow | null
  poll: PollRow | null
  application: ApplicationName | null
  /** Its address is the one the status has, wherever that leads. */
  card: PreviewCardRow | null
  /** The collections of accounts it links to. */
  collectionIds: string[]
  /** The reactions to it, those first given first. */
  reactions: StatusReactionCount[]
}

const status = part<StatusRow>('s', statusColumns)
const stats = part<StatusCounts>('st', [
  'status_id',
  'favourites_count',
  'quotes_count',
  'reblogs_count',
  'replies_count',
  'untrusted_favourites_count',
  'untrusted_reblogs_count',
])
const quote = part<QuoteRow>('q', quoteColumns)
const poll = part<PollRow>('p', pollColumns)
const application = part<ApplicationName>('app', ['id', 'name', 'website'])
const card = part<PreviewCardRow>('c', previewCardColumns)

const bundles = statement<Record<string, unknown>>(
  'graph_statuses',
  `with shown as (
     select unnest($1::bigint[]) as id
     union
     select reblog_of_id from statuses where id = any($1::bigint[]) and reblog_of_id is not null
   ), quoted as (
     select q.quoted_status_id as id from quotes q join shown on q.status_id = shown.id
     where q.quoted_status_id is not null
   ), quoted_within as (
     select q.quoted_status_id as id from quotes q join quoted on q.status_id = quoted.id
     where q.quoted_status_id is not null
   ), wanted as (
     select id from shown union select id from quoted union select id from quoted_within
   )
   select ${[status, stats, quote, poll, application, card].map((each) => each.select).join(', ')},
     pcs.url as card_link,
     array(
       select object_id::text from tagged_objects where status_id = s.id and object_type = 'Collection' order by id
     ) as collection_ids,
     (select json_agg(json_build_object('name', r.name, 'count', r.count, 'emoji',
         case when e.id is not null then json_build_object('id', e.id::text, 'domain', e.domain,
           'image_file_name', e.image_file_name, 'image_storage_schema_version', e.image_storage_schema_version) end)
         order by r.first_id)
       from (
         select name, count(*) as count, min(id) as first_id, min(custom_emoji_id) as custom_emoji_id
         from status_reactions where status_id = s.id group by name
       ) r
       left join custom_emojis e on e.id = r.custom_emoji_id and not e.disabled
       -- What only suspended accounts gave is not shown; who is counted is who is counted among the favourites.
       where exists (
         select from status_reactions given join accounts giver on giver.id = given.account_id
         where given.status_id = s.id and given.name = r.name and giver.suspended_at is null)
     ) as reactions
   from wanted
   join statuses s on s.id = wanted.id and (s.deleted_at is null or s.id = any($2::bigint[]))
   left join status_stats st on st.status_id = s.id
   left join quotes q on q.status_id = s.id
   left join polls p on p.id = s.poll_id
   left join oauth_applications app on app.id = s.application_id
   left join lateral (
     select preview_card_id, url from preview_cards_statuses
     where status_id = s.id order by preview_card_id limit 1
   ) pcs on true
   left join preview_cards c on c.id = pcs.preview_card_id`,
)

/**
 * Loads statuses, what they reblog, what either quotes and what that quotes, each with its counters, poll, application
 * and card. Deleted ones are absent, but for those of `evenDeleted`. Unordered. One statement.
 */
export async function statusBundlesByIds(
  db: Db,
  ids: readonly string[],
  evenDeleted: readonly string[] = [],
): Promise<StatusBundle[]> {
  if (ids.length === 0) return []
  const rows = await bundles(db, [ids, evenDeleted])
  return rows.flatMap((row) => {
    const found = status.read(row)
    if (!found) return []
    return {
      status: found,
      stats: stats.read(row),
      quote: quote.read(row),
      poll: poll.read(row),
      application: application.read(row),
      card: withLink(card.read(row), row.card_link as string | null),
      collectionIds: row.collection_ids as string[],
      reactions: (row.reactions as StatusReactionCount[] | null) ?? [],
    }
  })
}

function withLink(found: PreviewCardRow | null, link: string | null): PreviewCardRow | null {
  return found && link ? { ...found, url: link } : found
}
