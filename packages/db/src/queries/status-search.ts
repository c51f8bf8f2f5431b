import type { Db } from '../connection.ts'
import { statement } from '../statement.ts'
import { findableIn, WELCOME } from './findable.ts'

/** What a post may have or be, as the searcher names it. */
export const PROPERTIES = {
  media: 'exists (select from media_attachments m where m.status_id = s.id)',
  image: 'exists (select from media_attachments m where m.status_id = s.id and m.type in (0, 1))',
  video: 'exists (select from media_attachments m where m.status_id = s.id and m.type = 2)',
  audio: 'exists (select from media_attachments m where m.status_id = s.id and m.type = 4)',
  poll: 's.poll_id is not null',
  link: 'exists (select from preview_cards_statuses c where c.status_id = s.id)',
  embed: `exists (select from preview_cards_statuses c join preview_cards p on p.id = c.preview_card_id
      where c.status_id = s.id and p.type = 2)`,
  quote: 'exists (select from quotes q where q.status_id = s.id)',
  sensitive: 's.sensitive',
  reply: 's.reply',
} as const

export type SearchableProperty = keyof typeof PROPERTIES
export const SEARCHABLE_PROPERTIES = Object.keys(PROPERTIES) as SearchableProperty[]

const properties = Object.entries(PROPERTIES)
  .map(
    ([name, is]) =>
      `(not '${name}' = any($6::text[]) or ${is}) and (not '${name}' = any($7::text[]) or not ${is})`,
  )
  .join(' and ')

const NARROWED = `deleted_at is null and reblog_of_id is null
       and ($4::bigint[] is null or account_id = any($4)) and account_id <> all($5::bigint[])
       and ($8::text[] is null or language = any($8)) and (language is null or language <> all($9::text[]))
       and ($10::timestamp is null or created_at >= $10::timestamp at time zone $16)
       and ($11::timestamp is null or created_at < $11::timestamp at time zone $16)
       and ($12::bigint is null or id > $12) and ($13::bigint is null or id < $13)`

const WANTED = `${findableIn('$3')} and ${properties} and ${WELCOME}
   order by s.id desc limit $14 offset $15`

// The inner query is sorted before anything dear is asked, so that only as many rows are looked at as a page needs.
const withWords = statement<{ id: string }>(
  'status_search',
  `select s.id from (
     select id, account_id, visibility, poll_id, sensitive, reply from statuses
     where ${NARROWED} and to_tsvector('simple', spoiler_text || ' ' || text) @@ websearch_to_tsquery('simple', $2)
     order by id desc offset 0) s
   where ${WANTED}`,
)
// Without words there is nothing to sort first: the newest are looked at one by one until a page is full.
const withoutWords = statement<{ id: string }>(
  'status_search_filters',
  `select s.id from statuses s where ${NARROWED} and $2::text = '' and ${WANTED}`,
)

export interface StatusSearch {
  /** In the language of `websearch_to_tsquery`; empty for filters alone. */
  words: string
  scope: 'all' | 'public' | 'library'
  /** Null for anybody. */
  accountIds: readonly string[] | null
  notAccountIds: readonly string[]
  properties: readonly SearchableProperty[]
  notProperties: readonly SearchableProperty[]
  languages: readonly string[] | null
  notLanguages: readonly string[]
  /** From the beginning of this day on, as `2026-01-31`. */
  since: string | null
  /** Before the beginning of this day. */
  until: string | null
  /** Where those days begin: a name of the tz database. */
  timeZone: string
  minId?: string | undefined
  maxId?: string | undefined
  limit: number
  offset: number
}

/**
 * Searches posts for `viewerId`: those it wrote, was mentioned in or touched, and public ones whose authors allow to be
 * found; never what it may not see, has blocked or muted.
 *
 * @returns ids, newest first
 */
export async function searchStatusIds(db: Db, viewerId: string, asked: StatusSearch): Promise<string[]> {
  const run = asked.words === '' ? withoutWords : withWords
  const rows = await run(db, [
    viewerId,
    asked.words,
    asked.scope,
    asked.accountIds,
    asked.notAccountIds,
    asked.properties,
    asked.notProperties,
    asked.languages,
    asked.notLanguages,
    asked.since,
    asked.until,
    asked.minId ?? null,
    asked.maxId ?? null,
    asked.limit,
    asked.offset,
    asked.timeZone,
  ])
  return rows.map((row) => row.id)
}
