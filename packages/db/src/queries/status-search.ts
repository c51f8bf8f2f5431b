import type { Db } from '../connection.ts'
import { firstIdAt } from '../ids.ts'
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

const NARROWED = `s.deleted_at is null
   and ($4::bigint[] is null or s.account_id = any($4)) and s.account_id <> all($5::bigint[])
   and ($8::text[] is null or lower(s.language) = any($8)) and (s.language is null or lower(s.language) <> all($9::text[]))
   and ($10::timestamp is null or s.created_at >= $10::timestamp at time zone $16)
   and ($11::timestamp is null or s.created_at < $11::timestamp at time zone $16)`

const WANTED = `${NARROWED} and ${findableIn('$3')} and ${properties} and ${WELCOME}`

/** What every post that is looked for bears: the index leaves all others out at once. */
function marksOf({ accountIds, languages, properties, scope }: StatusSearch): string[] {
  const marks: string[] = properties.map((property) => (property === 'embed' ? 'link' : property))
  if (accountIds?.length === 1) marks.push(`from:${accountIds[0]}`)
  if (languages?.length === 1) marks.push(`language:${languages[0]}`)
  if (scope === 'public') marks.push('public')
  return marks
}

const between = (id: string) =>
  `($12::bigint is null or ${id} > $12) and ($13::bigint is null or ${id} < $13)`

/** $2 are the words of the search, with $17 which are exact and $18 which are not wanted; $19 the languages to stem by. */
const QUERY = 'search_query($2::text[], $17::boolean[], $18::boolean[], $19::text[])'

const DAY_MS = 86_400_000

/** Looked through before the index is asked: what a search may cost that the index cannot help. */
const NEWEST = 10_000

/** One by one, newest first, until a page is full: what may be seen is dear to ask. */
const pageOf = (candidates: string) => `select w.status_id as id from (${candidates}) w
   cross join lateral (select from statuses s where s.id = w.status_id and ${WANTED} offset 0) s
   order by w.status_id desc limit $14 offset $15`

// The index is asked by itself, or the planner hopes to meet a page of matches on its way down through all posts.
const indexed = (isMarked: boolean) => `with matches as materialized (
     select w.status_id from status_search w
     where w.words @@ ${QUERY} and ${isMarked ? 'w.marks @> $20::text[]' : "$20::text[] = '{}'"} and ${between('w.status_id')})
   ${pageOf('select status_id from matches order by status_id desc offset 0')}`
const anywhere = statement<{ id: string }>('status_search', indexed(false))
// Marks that leave nothing out would keep the index from being used.
const anywhereMarked = statement<{ id: string }>('status_search_marked', indexed(true))
// Words that half of all posts bear would be sorted by the hundred thousand; among the newest posts they fill a page.
const amongNewest = statement<{ id: string }>(
  'status_search_newest',
  pageOf(`select status_id from (
     select status_id, words, marks from status_search where ${between('status_id')}
     order by status_id desc limit ${NEWEST}) newest
   where words @@ ${QUERY} and marks @> $20::text[] order by status_id desc offset 0`),
)
// Without words the newest are looked at one by one until a page is full.
const withoutWords = statement<{ id: string }>(
  'status_search_filters',
  `select s.id from statuses s
   where s.reblog_of_id is null and cardinality($2::text[]) = 0 and $17::boolean[] is not null
     and $18::boolean[] is not null and $19::text[] is not null and $20::text[] is not null
     and ${between('s.id')} and ${WANTED}
   order by s.id desc limit $14 offset $15`,
)

/** One word of a search, or a phrase of several. */
export interface SearchWord {
  text: string
  /** As it stands; else also what its stem is the stem of. */
  isExact: boolean
  isNegated: boolean
}

export interface StatusSearch {
  /** Empty for filters alone. */
  words: readonly SearchWord[]
  /** By which words are stemmed, as ISO 639-1 codes. */
  wordLanguages: readonly string[]
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
  const values = valuesOf(viewerId, asked)
  const run = async (search: typeof anywhere) => (await search(db, values)).map((row) => row.id)
  if (asked.words.length === 0) return run(withoutWords)
  const newest = await run(amongNewest)
  if (newest.length === asked.limit) return newest
  return run(marksOf(asked).length > 0 ? anywhereMarked : anywhere)
}

/** Ids are as old as their posts, wherever the day begins. They keep a search from looking through all that is newer. */
function dayFrom(day: string, days: number): Date {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS)
}

const boundOf =
  (choose: (one: bigint, other: bigint) => boolean) => (one?: string | null, other?: string | null) => {
    if (!one || !other) return one ?? other ?? null
    return choose(BigInt(one), BigInt(other)) ? one : other
  }
const latest = boundOf((one, other) => one > other)
const earliest = boundOf((one, other) => one < other)

function valuesOf(viewerId: string, asked: StatusSearch) {
  return [
    viewerId,
    asked.words.map(({ text }) => text),
    asked.scope,
    asked.accountIds,
    asked.notAccountIds,
    asked.properties,
    asked.notProperties,
    asked.languages,
    asked.notLanguages,
    asked.since,
    asked.until,
    latest(asked.minId, asked.since && firstIdAt(dayFrom(asked.since, -1))),
    earliest(asked.maxId, asked.until && firstIdAt(dayFrom(asked.until, 1))),
    asked.limit,
    asked.offset,
    asked.timeZone,
    asked.words.map(({ isExact }) => isExact),
    asked.words.map(({ isNegated }) => isNegated),
    asked.wordLanguages,
    marksOf(asked),
  ]
}
