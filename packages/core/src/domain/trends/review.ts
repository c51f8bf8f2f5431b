import type { PreviewCardProviderRow, TagRow, Window } from '@anancus/db'
import {
  saveLinkReview,
  saveProviderReview,
  saveStatusReview,
  saveTagReview,
  type TagReview,
  tagRowsByIds,
  tagsForReview,
} from '@anancus/db/queries/trend-reviews'
import { providers } from '@anancus/db/queries/trends'
import type { Ctx } from '../../kernel/context.ts'
import { NotFoundError, ValidationError } from '../../kernel/errors.ts'
import { normalizeTagName } from '../../kernel/text/tag-name.ts'
import { type ShownLink, showLinks } from './reads.ts'

/** What moderators decide about what may trend. Who may decide is for the door to know. */

/** Lets a hashtag trend, or not. @throws NotFoundError */
export async function reviewTag(ctx: Ctx, id: string, trendable: boolean): Promise<TagRow> {
  return found(await saveTagReview(ctx.db, id, { trendable }, ctx.clock.now()))
}

/** Lets a status trend, or not; of its author's others nothing is said. @throws NotFoundError no such status in public */
export async function reviewStatus(ctx: Ctx, id: string, trendable: boolean): Promise<void> {
  if (!(await saveStatusReview(ctx.db, id, trendable))) throw new NotFoundError()
}

/** Lets a link trend, or not. @throws NotFoundError */
export async function reviewLink(ctx: Ctx, id: string, trendable: boolean): Promise<ShownLink> {
  const card = found(await saveLinkReview(ctx.db, id, trendable))
  const [shown] = await showLinks(ctx, [card])
  return found(shown)
}

/** Lets the links of a publisher trend, or not. @throws NotFoundError */
export async function reviewProvider(
  ctx: Ctx,
  id: string,
  trendable: boolean,
): Promise<PreviewCardProviderRow> {
  return found(await saveProviderReview(ctx.db, id, trendable, ctx.clock.now()))
}

/** Publishers that were ever asked about, newest first. */
export async function listProviders(ctx: Ctx, window: Window): Promise<PreviewCardProviderRow[]> {
  return providers(ctx.db, window)
}

/** Every hashtag, newest first. */
export async function listTags(ctx: Ctx, window: Window): Promise<TagRow[]> {
  return tagsForReview(ctx.db, window)
}

/** Hashtags by their ids; missing ones are absent. */
export async function findTags(ctx: Ctx, ids: readonly string[]): Promise<Map<string, TagRow>> {
  return new Map((await tagRowsByIds(ctx.db, ids)).map((tag) => [tag.id, tag]))
}

/** @throws NotFoundError */
export async function getTagForReview(ctx: Ctx, id: string): Promise<TagRow> {
  return found((await findTags(ctx, [id])).get(id))
}

/**
 * Says how a hashtag is spelt and where it may be shown; what is absent stays. It counts as reviewed from now on.
 *
 * @throws NotFoundError
 * @throws ValidationError another name than before
 * @see https://docs.joinmastodon.org/methods/admin/trends/
 */
export async function updateTag(ctx: Ctx, id: string, review: TagReview): Promise<TagRow> {
  const tag = await getTagForReview(ctx, id)
  if (review.displayName && normalizeTagName(review.displayName) !== normalizeTagName(tag.name))
    throw ValidationError.failed('Display name does not match the previous name')
  return found(await saveTagReview(ctx.db, id, review, ctx.clock.now()))
}

function found<Row>(row: Row | null | undefined): Row {
  if (!row) throw new NotFoundError()
  return row
}
