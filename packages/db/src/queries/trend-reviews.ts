import type { Db } from '../connection.ts'
import {
  type PreviewCardProviderRow,
  type PreviewCardRow,
  previewCardColumns,
  previewCardProviderColumns,
  type TagRow,
  tagColumns,
} from '../rows.gen.ts'
import { pagedStatement, type Window } from '../pagination.ts'
import { columns, statement } from '../statement.ts'

/** Places from which on an item is worth a moderator's time. */
const REVIEW_RANK = 3

/** The score to beat in a language: that of the last allowed item within the first places. */
const toBeat = (table: string) => `(
     select coalesce((select best.score from ${table} best
       where best.language is not distinct from trend.language and best.allowed and best.rank <= ${REVIEW_RANK}
       order by best.rank desc limit 1), 0))`

const tagsToReview = statement<{ id: string; name: string }>(
  'reviews_request_tags',
  `update tags t set requested_review_at = $1 from tag_trends trend
   where trend.tag_id = t.id and not trend.allowed and t.trendable is null
     and t.reviewed_at is null and t.requested_review_at is null and trend.score > ${toBeat('tag_trends')}
   returning t.id, coalesce(t.display_name, t.name) as name`,
)

/** Notes of the tags that would trend that moderators are asked about them now. Each is asked about once. */
export async function requestTagReviews(db: Db, at: Date): Promise<{ id: string; name: string }[]> {
  return tagsToReview(db, [at])
}

const statusesToReview = statement<{ id: string; url: string | null; account_id: string }>(
  'reviews_request_statuses',
  `with wanted as (
     select s.id, coalesce(s.url, s.uri) as url, s.account_id
     from status_trends trend join statuses s on s.id = trend.status_id join accounts a on a.id = s.account_id
     where not trend.allowed and s.trendable is null and a.trendable is null
       and a.reviewed_at is null and a.requested_review_at is null and trend.score > ${toBeat('status_trends')}
   ), asked as (
     update accounts set requested_review_at = $1 where id in (select account_id from wanted)
   )
   select id, url, account_id from wanted`,
)

/** As `requestTagReviews`, of statuses whose authors nobody has judged. */
export async function requestStatusReviews(
  db: Db,
  at: Date,
): Promise<{ id: string; url: string | null; account_id: string }[]> {
  return statusesToReview(db, [at])
}

const linksToReview = statement<{ id: string; url: string; title: string }>(
  'reviews_request_links',
  `with wanted as (
     select card.id, card.url, card.title, provider.id as provider_id,
       (domain_and_parents(card.url))[1] as domain
     from preview_card_trends trend join preview_cards card on card.id = trend.preview_card_id
     left join lateral (
       select p.id, p.trendable, p.reviewed_at, p.requested_review_at from preview_card_providers p
       where p.domain = any(domain_and_parents(card.url)) order by length(p.domain) desc limit 1
     ) provider on true
     where not trend.allowed and card.trendable is null and provider.reviewed_at is null
       and provider.requested_review_at is null and trend.score > ${toBeat('preview_card_trends')}
   ), asked as (
     update preview_card_providers set requested_review_at = $1, updated_at = $1
     where id in (select provider_id from wanted)
   ), met as (
     insert into preview_card_providers (domain, requested_review_at, created_at, updated_at)
     select distinct domain, $1::timestamptz, $1::timestamptz, $1::timestamptz from wanted
     where provider_id is null and domain is not null
     on conflict (domain) do update set requested_review_at = excluded.requested_review_at
   )
   select id, url, title from wanted`,
)

/** As `requestTagReviews`, of links whose publishers nobody has judged; a publisher we never met is noted. */
export async function requestLinkReviews(
  db: Db,
  at: Date,
): Promise<{ id: string; url: string; title: string }[]> {
  return linksToReview(db, [at])
}

const reviewTag = statement<TagRow>(
  'reviews_tag',
  `with judged as (
     update tags set trendable = coalesce($2, trendable), usable = coalesce($3, usable),
       listable = coalesce($4, listable), display_name = coalesce($5, display_name), reviewed_at = $6, updated_at = $6
     where id = $1 returning ${columns(tagColumns)}
   ), shown as (
     update tag_trends set allowed = $2 where tag_id = $1 and $2::boolean is not null
   )
   select ${columns(tagColumns)} from judged`,
)

export interface TagReview {
  trendable?: boolean | undefined
  usable?: boolean | undefined
  listable?: boolean | undefined
  displayName?: string | undefined
}

/** Writes what a moderator says of a tag, also for what trends at the moment. Null: no such tag. */
export async function saveTagReview(db: Db, id: string, review: TagReview, at: Date): Promise<TagRow | null> {
  const { trendable = null, usable = null, listable = null, displayName = null } = review
  return (await reviewTag(db, [id, trendable, usable, listable, displayName, at]))[0] ?? null
}

const reviewStatus = statement<{ id: string }>(
  'reviews_status',
  `with judged as (
     update statuses set trendable = $2 where id = $1 and deleted_at is null and visibility = 0 returning id
   ), shown as (
     update status_trends set allowed = $2 where status_id in (select id from judged)
   )
   select id from judged`,
)

/** @returns false when there is no such status in public */
export async function saveStatusReview(db: Db, id: string, trendable: boolean): Promise<boolean> {
  return (await reviewStatus(db, [id, trendable])).length > 0
}

const CARD = columns(previewCardColumns)

const reviewLink = statement<PreviewCardRow>(
  'reviews_link',
  `with judged as (
     update preview_cards set trendable = $2 where id = $1 returning ${CARD}
   ), shown as (
     update preview_card_trends set allowed = $2 where preview_card_id in (select id from judged)
   )
   select ${CARD} from judged`,
)

/** Null: no such link. */
export async function saveLinkReview(db: Db, id: string, trendable: boolean): Promise<PreviewCardRow | null> {
  return (await reviewLink(db, [id, trendable]))[0] ?? null
}

const reviewProvider = statement<PreviewCardProviderRow>(
  'reviews_provider',
  `update preview_card_providers set trendable = $2, reviewed_at = $3, updated_at = $3 where id = $1
   returning ${columns(previewCardProviderColumns)}`,
)

/** Judges a publisher; its links follow when trends are next counted. Null: no such publisher. */
export async function saveProviderReview(
  db: Db,
  id: string,
  trendable: boolean,
  at: Date,
): Promise<PreviewCardProviderRow | null> {
  return (await reviewProvider(db, [id, trendable, at]))[0] ?? null
}

const tagPage = pagedStatement<TagRow>(
  'reviews_tags_page',
  (order) =>
    `select ${columns(tagColumns)} from tags where id < $1 and id > $2 order by id ${order} limit $3`,
)

/** Every hashtag there is, newest first. */
export async function tagsForReview(db: Db, window: Window): Promise<TagRow[]> {
  return tagPage(db, window)
}

const tagRow = statement<TagRow>(
  'reviews_tags',
  `select ${columns(tagColumns)} from tags where id = any($1::bigint[])`,
)

export async function tagRowsByIds(db: Db, ids: readonly string[]): Promise<TagRow[]> {
  return ids.length === 0 ? [] : tagRow(db, [ids])
}

const statusReviews = statement<{ id: string; requires_review: boolean }>(
  'reviews_statuses',
  `select s.id, s.trendable is null and a.reviewed_at is null as requires_review
   from statuses s join accounts a on a.id = s.account_id where s.id = any($1::bigint[])`,
)

/** Which of these statuses nobody has judged yet. */
export async function unreviewedStatuses(db: Db, ids: readonly string[]): Promise<Set<string>> {
  const rows = ids.length === 0 ? [] : await statusReviews(db, [ids])
  return new Set(rows.filter((row) => row.requires_review).map((row) => row.id))
}
