import type { Db } from '../connection.ts'
import {
  type PreviewCardProviderRow,
  type PreviewCardRow,
  previewCardColumns,
  previewCardProviderColumns,
} from '../rows.gen.ts'
import { pagedStatement, type Window } from '../pagination.ts'
import { columns, statement } from '../statement.ts'
import { openToVisitors } from './visible.ts'

/** What may trend without a word of a moderator: $n is the instance's default for what nobody reviewed. */
const CARD_TRENDABLE = 'coalesce(card.trendable, provider.trendable, false)'
/** The provider of a card: that of its host, or of the nearest domain above it. */
const PROVIDER = `left join lateral (
     select p.id, p.trendable, p.reviewed_at, p.requested_review_at from preview_card_providers p
     where p.domain = any(domain_and_parents(card.url)) order by length(p.domain) desc limit 1
   ) provider on true`

const usable = statement<{ tag_id: string }>(
  'trends_usable_tags',
  `select st.tag_id from statuses_tags st join tags t on t.id = st.tag_id and t.usable is not false
   where st.status_id = $1`,
)

/** The tags of a status that its use counts for. */
export async function usableTagsOf(db: Db, statusId: string): Promise<string[]> {
  return (await usable(db, [statusId])).map((row) => row.tag_id)
}

export interface SharedStatus {
  id: string
  is_trendable_link: boolean
  may_trend: boolean
  card_id: string | null
}

/** Facts of $1: public, nothing hidden in it, by somebody who is heard and wants to be found. */
const shared = statement<SharedStatus>(
  'trends_shared_status',
  `select s.id,
     s.visibility = 0 and a.silenced_at is null and a.suspended_at is null
       and s.spoiler_text = '' and not s.sensitive as is_trendable_link,
     s.visibility = 0 and a.silenced_at is null and a.suspended_at is null and a.sensitized_at is null
       and coalesce(a.discoverable, false) and s.spoiler_text = '' and not s.sensitive and not s.reply as may_trend,
     (select card.id from preview_cards_statuses pcs join preview_cards card on card.id = pcs.preview_card_id
      where pcs.status_id = s.id and card.type = 0 and card.link_type = 1 and card.title <> ''
        and card.description <> '' and card.image_file_name is not null and card.provider_name <> '' limit 1) as card_id
   from statuses s join accounts a on a.id = s.account_id
   where s.id = $1 and s.deleted_at is null`,
)

/** What sharing a status counts for; null when it is gone. */
export async function sharedStatus(db: Db, statusId: string): Promise<SharedStatus | null> {
  return (await shared(db, [statusId]))[0] ?? null
}

export interface TagScoreFacts {
  id: string
  max_score: number | null
  max_score_at: Date | null
}

const tagFacts = statement<TagScoreFacts>(
  'trends_tag_facts',
  'select id, max_score, max_score_at from tags where id = any($1::bigint[])',
)

export async function tagScoreFacts(db: Db, ids: readonly string[]): Promise<TagScoreFacts[]> {
  return tagFacts(db, [ids])
}

const trendingTags = statement<{ id: string }>('trends_tag_ids', 'select tag_id as id from tag_trends')
const trendingCards = statement<{ id: string }>(
  'trends_card_ids',
  'select preview_card_id as id from preview_card_trends',
)
const trendingStatuses = statement<{ id: string }>(
  'trends_status_ids',
  'select status_id as id from status_trends',
)

/** Everything that trends now, allowed or not. */
export async function trendingTagIds(db: Db): Promise<string[]> {
  return (await trendingTags(db, [])).map((row) => row.id)
}
export async function trendingCardIds(db: Db): Promise<string[]> {
  return (await trendingCards(db, [])).map((row) => row.id)
}
export async function trendingStatusIds(db: Db): Promise<string[]> {
  return (await trendingStatuses(db, [])).map((row) => row.id)
}

/** A new peak of a tag or a card. */
export interface Peak {
  id: string
  score: number
  at: Date
}

const peakText = (table: 'tags' | 'preview_cards') => `
  update ${table} set max_score = peak.score, max_score_at = peak.at
  from unnest($1::bigint[], $2::double precision[], $3::timestamptz[]) as peak (id, score, at)
  where ${table}.id = peak.id`
const tagPeaks = statement<never>('trends_peak_tags', peakText('tags'))
const cardPeaks = statement<never>('trends_peak_cards', peakText('preview_cards'))

const peakValues = (peaks: readonly Peak[]) => [
  peaks.map((peak) => peak.id),
  peaks.map((peak) => peak.score),
  peaks.map((peak) => peak.at),
]

export async function saveTagPeaks(db: Db, peaks: readonly Peak[]): Promise<void> {
  if (peaks.length > 0) await tagPeaks(db, peakValues(peaks))
}
export async function saveCardPeaks(db: Db, peaks: readonly Peak[]): Promise<void> {
  if (peaks.length > 0) await cardPeaks(db, peakValues(peaks))
}

/** The score of one item. */
export interface Score {
  id: string
  score: number
}

const scoreValues = (scores: readonly Score[]) => [
  scores.map((item) => item.id),
  scores.map((item) => item.score),
]

const saveTags = statement<never>(
  'trends_save_tags',
  `insert into tag_trends (tag_id, score, language, allowed)
   select t.id, item.score, '', coalesce(t.trendable, $3::boolean)
   from unnest($1::bigint[], $2::double precision[]) as item (id, score) join tags t on t.id = item.id
   on conflict (tag_id, language) do update set score = excluded.score, allowed = excluded.allowed`,
)

/** @param trendableByDefault what holds for tags nobody has reviewed */
export async function saveTagTrends(
  db: Db,
  scores: readonly Score[],
  trendableByDefault: boolean,
): Promise<void> {
  if (scores.length > 0) await saveTags(db, [...scoreValues(scores), trendableByDefault])
}

const saveCards = statement<never>(
  'trends_save_cards',
  `insert into preview_card_trends (preview_card_id, score, language, allowed)
   select card.id, item.score, card.language, ${CARD_TRENDABLE}
   from unnest($1::bigint[], $2::double precision[]) as item (id, score)
   join preview_cards card on card.id = item.id ${PROVIDER}
   on conflict (preview_card_id) do update set score = excluded.score, language = excluded.language,
     allowed = excluded.allowed`,
)

export async function saveCardTrends(db: Db, scores: readonly Score[]): Promise<void> {
  if (scores.length > 0) await saveCards(db, scoreValues(scores))
}

const saveStatuses = statement<never>(
  'trends_save_statuses',
  `insert into status_trends (status_id, account_id, score, language, allowed)
   select s.id, s.account_id, item.score, s.language, coalesce(s.trendable, a.trendable, $3::boolean)
   from unnest($1::bigint[], $2::double precision[]) as item (id, score)
   join statuses s on s.id = item.id join accounts a on a.id = s.account_id
   on conflict (status_id) do update set score = excluded.score, language = excluded.language,
     allowed = excluded.allowed`,
)

export async function saveStatusTrends(
  db: Db,
  scores: readonly Score[],
  trendableByDefault: boolean,
): Promise<void> {
  if (scores.length > 0) await saveStatuses(db, [...scoreValues(scores), trendableByDefault])
}

const dropTags = statement<never>(
  'trends_drop_tags',
  'delete from tag_trends where tag_id = any($1::bigint[])',
)
const dropCards = statement<never>(
  'trends_drop_cards',
  'delete from preview_card_trends where preview_card_id = any($1::bigint[])',
)
const dropStatuses = statement<never>(
  'trends_drop_statuses',
  'delete from status_trends where status_id = any($1::bigint[])',
)

export async function dropTagTrends(db: Db, ids: readonly string[]): Promise<void> {
  if (ids.length > 0) await dropTags(db, [ids])
}
export async function dropCardTrends(db: Db, ids: readonly string[]): Promise<void> {
  if (ids.length > 0) await dropCards(db, [ids])
}
export async function dropStatusTrends(db: Db, ids: readonly string[]): Promise<void> {
  if (ids.length > 0) await dropStatuses(db, [ids])
}

const rankText = (table: 'tag_trends' | 'preview_card_trends' | 'status_trends') => `
  update ${table} set rank = ranked.place
  from (select id, row_number() over (partition by language order by score desc, id) as place from ${table}) ranked
  where ${table}.id = ranked.id and ${table}.rank <> ranked.place`
const ranks = [
  statement<never>('trends_rank_tags', rankText('tag_trends')),
  statement<never>('trends_rank_cards', rankText('preview_card_trends')),
  statement<never>('trends_rank_statuses', rankText('status_trends')),
]

/** Numbers what trends, best first, within each language. Three statements. */
export async function rankTrends(db: Db): Promise<void> {
  for (const rank of ranks) await rank(db, [])
}

export interface CardScoreFacts extends TagScoreFacts {
  language: string | null
}

const cardFacts = statement<CardScoreFacts>(
  'trends_card_facts',
  'select id, max_score, max_score_at, language from preview_cards where id = any($1::bigint[])',
)

export async function cardScoreFacts(db: Db, ids: readonly string[]): Promise<CardScoreFacts[]> {
  return cardFacts(db, [ids])
}

export interface StatusScoreFacts {
  id: string
  created_at: Date
  language: string | null
  /** Reblogs and favourites. */
  observed: number
  is_eligible: boolean
}

/** Whether alias `x` by `author` is public, open to everybody's eyes, and by somebody who wants to be found. */
const eligible = (x: string, author: string) => `(${x}.deleted_at is null and ${x}.visibility = 0
     and coalesce(${author}.discoverable, false) and ${author}.silenced_at is null and ${author}.suspended_at is null
     and ${author}.sensitized_at is null and ${x}.spoiler_text = '' and not ${x}.sensitive and not ${x}.reply)`

const statusFacts = statement<StatusScoreFacts>(
  'trends_status_facts',
  `select s.id, s.created_at, s.language,
     coalesce(st.reblogs_count, 0) + coalesce(st.favourites_count, 0) as observed,
     ${eligible('s', 'a')} and not exists (
       select from quotes q left join statuses qs on qs.id = q.quoted_status_id
       left join accounts qa on qa.id = qs.account_id
       where q.status_id = s.id and not coalesce(${eligible('qs', 'qa')}, false)) as is_eligible
   from statuses s join accounts a on a.id = s.account_id left join status_stats st on st.status_id = s.id
   where s.id = any($1::bigint[])`,
)

/** What the score of statuses follows from; deleted ones are not eligible, purged ones absent. */
export async function statusScoreFacts(db: Db, ids: readonly string[]): Promise<StatusScoreFacts[]> {
  return statusFacts(db, [ids])
}

/** Which part of a list of trends is read. */
export interface TrendPage {
  /** Only what moderators allow. */
  isAllowedOnly: boolean
  /** Languages that come first; empty: none. */
  languages: readonly string[]
  limit: number
  offset: number
}

const tagPage = statement<{ id: string }>(
  'trends_tags_page',
  `select trend.tag_id as id from tag_trends trend
   where (not $1::boolean or trend.allowed)
   order by trend.score desc, trend.id limit $2 offset $3`,
)

/** Tags that trend, best first. */
export async function trendingTagPage(db: Db, page: TrendPage): Promise<string[]> {
  return (await tagPage(db, [page.isAllowedOnly, page.limit, page.offset])).map((row) => row.id)
}

export interface TrendingCard extends PreviewCardRow {
  requires_review: boolean
}

const CARD = columns(previewCardColumns, 'card')
const CARD_REVIEW = 'card.trendable is null and provider.reviewed_at is null as requires_review'

const cardPage = statement<TrendingCard>(
  'trends_cards_page',
  `select ${CARD}, ${CARD_REVIEW}
   from preview_card_trends trend join preview_cards card on card.id = trend.preview_card_id ${PROVIDER}
   where (not $1::boolean or trend.allowed)
   order by (trend.language = any($2::text[])) desc nulls last, trend.score desc, trend.id limit $3 offset $4`,
)

/** Links that trend, those of the reader's languages first. */
export async function trendingCardPage(db: Db, page: TrendPage): Promise<TrendingCard[]> {
  return cardPage(db, [page.isAllowedOnly, page.languages, page.limit, page.offset])
}

const statusPage = statement<{ id: string }>(
  'trends_statuses_page',
  `select trend.status_id as id from status_trends trend
   join statuses s on s.id = trend.status_id and s.deleted_at is null and s.visibility = 0
   join accounts a on a.id = s.account_id and a.suspended_at is null and a.silenced_at is null
   where (not $1::boolean or (trend.allowed and not exists (
       select from status_trends better where better.account_id = trend.account_id
         and (better.score > trend.score or (better.score = trend.score and better.id < trend.id)))))
     and ($5::bigint is not null or ${openToVisitors('s')})
     and ($5::bigint is null or (
       not exists (select from blocks b where b.account_id = $5 and b.target_account_id = s.account_id)
       and not exists (select from blocks b where b.account_id = s.account_id and b.target_account_id = $5)
       and not exists (select from mutes m where m.account_id = $5 and m.target_account_id = s.account_id
         and (m.expires_at is null or m.expires_at > now()))
       and not exists (select from account_domain_blocks d where d.account_id = $5 and d.domain = a.domain)))
   order by (trend.language = any($2::text[])) desc nulls last, trend.score desc, trend.id limit $3 offset $4`,
)

/** Statuses that trend, those of the reader's languages first, without what the reader keeps out of sight. */
export async function trendingStatusPage(
  db: Db,
  page: TrendPage,
  viewerId: string | null,
): Promise<string[]> {
  const { isAllowedOnly, languages, limit, offset } = page
  const rows = await statusPage(db, [isAllowedOnly, languages, limit, offset, viewerId])
  return rows.map((row) => row.id)
}

const openLink = statement<{ id: string }>(
  'trends_open_link',
  `select card.id from preview_cards card join preview_card_trends trend on trend.preview_card_id = card.id
   where card.url = $1 and trend.allowed`,
)

/** The id of a link that trends and may be shown; null for any other. */
export async function trendingLinkByUrl(db: Db, url: string): Promise<string | null> {
  return (await openLink(db, [url]))[0]?.id ?? null
}

const providerPage = pagedStatement<PreviewCardProviderRow>(
  'trends_providers_page',
  (order) => `select ${columns(previewCardProviderColumns)} from preview_card_providers
   where id < $1 and id > $2 order by id ${order} limit $3`,
)

/** Publishers, newest first. */
export async function providers(db: Db, window: Window): Promise<PreviewCardProviderRow[]> {
  return providerPage(db, window)
}
