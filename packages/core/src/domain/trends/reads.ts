import type { PreviewCardRow } from '@anancus/db'
import { unreviewedStatuses } from '@anancus/db/queries/trend-reviews'
import {
  type TrendingCard,
  type TrendPage,
  trendingCardPage,
  trendingLinkByUrl,
  trendingStatusPage,
  trendingTagPage,
} from '@anancus/db/queries/trends'
import type { TrendsLink } from '../../entities/types/index.ts'
import type { Ctx } from '../../kernel/context.ts'
import { isPermitted } from '../../kernel/permissions.ts'
import type { Viewer } from '../../kernel/viewer.ts'
import { getSetting } from '../settings/index.ts'
import { type ShownTag, showTags } from '../tags/index.ts'
import { LINK_HISTORY_DAYS } from './limits.ts'
import { usesOf } from './uses.ts'

export interface TrendsQuery {
  limit: number
  offset: number
  /** The language of the interface: what is in it comes first, unless the viewer chose languages. */
  locale: string
  /** Shows what moderators have not allowed as well, to those who may judge it. */
  isForReview?: boolean
}

/** Whether the viewer decides about trends. */
export function mayReview(viewer: Viewer | null): viewer is Viewer {
  return viewer !== null && isPermitted(viewer.role, 'manage_taxonomies')
}

/** What of the list is read; null when nothing is shown, because trends are switched off. */
async function pageFor(ctx: Ctx, viewer: Viewer | null, query: TrendsQuery): Promise<TrendPage | null> {
  const reviews = query.isForReview === true && mayReview(viewer)
  if (!reviews && !(await getSetting(ctx, 'trends'))) return null
  const chosen = viewer?.user.chosen_languages ?? []
  const languages = chosen.length > 0 ? chosen : languagesOf(query.locale)
  return { isAllowedOnly: !reviews, languages, limit: query.limit, offset: query.offset }
}

/** `pt-BR` is understood by who asks for `pt-BR`; and `pt` as well. */
function languagesOf(locale: string): string[] {
  const [base = ''] = locale.split('-')
  return base === '' ? [] : [...new Set([locale, base])]
}

/**
 * Hashtags that trend, best first, with their use of the last week. At most three statements.
 *
 * @see https://docs.joinmastodon.org/methods/trends/#tags
 */
export async function listTrendingTags(
  ctx: Ctx,
  viewer: Viewer | null,
  query: TrendsQuery,
): Promise<ShownTag[]> {
  const page = await pageFor(ctx, viewer, query)
  return page ? showTags(ctx, viewer, await trendingTagPage(ctx.db, page)) : []
}

/**
 * Statuses that trend, best first: one of each author, without what the viewer keeps out of sight.
 *
 * @returns ids
 * @see https://docs.joinmastodon.org/methods/trends/#statuses
 */
export async function listTrendingStatuses(
  ctx: Ctx,
  viewer: Viewer | null,
  query: TrendsQuery,
): Promise<string[]> {
  const page = await pageFor(ctx, viewer, query)
  // Who decides about trends sees all of them.
  const reader = page?.isAllowedOnly ? (viewer?.account.id ?? null) : null
  return page ? trendingStatusPage(ctx.db, page, reader) : []
}

/** A link and how often it was shared on the last days. */
export interface ShownLink {
  card: PreviewCardRow
  history: TrendsLink['history']
  requiresReview: boolean
}

/**
 * Links that trend, best first.
 *
 * @see https://docs.joinmastodon.org/methods/trends/#links
 */
export async function listTrendingLinks(
  ctx: Ctx,
  viewer: Viewer | null,
  query: TrendsQuery,
): Promise<ShownLink[]> {
  const page = await pageFor(ctx, viewer, query)
  return page ? showLinks(ctx, await trendingCardPage(ctx.db, page)) : []
}

/** Adds to links how often they were shared. */
export async function showLinks(
  ctx: Ctx,
  cards: readonly (PreviewCardRow & Partial<Pick<TrendingCard, 'requires_review'>>)[],
): Promise<ShownLink[]> {
  const uses = await usesOf(
    ctx,
    'links',
    cards.map((card) => card.id),
    LINK_HISTORY_DAYS,
  )
  return cards.map((card) => ({
    card,
    history: (uses.get(card.id) ?? []).map((day) => ({
      day: String(day.day),
      accounts: String(day.accounts),
      uses: String(day.uses),
    })),
    requiresReview: card.requires_review ?? false,
  }))
}

/** Which of these statuses nobody has judged yet. */
export async function statusesToReview(ctx: Ctx, ids: readonly string[]): Promise<Set<string>> {
  return unreviewedStatuses(ctx.db, ids)
}

/** The id of a link that trends and may be shown; null for any other. */
export async function findTrendingLink(ctx: Ctx, url: string): Promise<string | null> {
  return trendingLinkByUrl(ctx.db, url)
}
