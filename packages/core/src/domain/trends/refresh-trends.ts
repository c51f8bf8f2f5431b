import {
  cardScoreFacts,
  dropCardTrends,
  dropStatusTrends,
  dropTagTrends,
  rankTrends,
  type Peak,
  type Score,
  saveCardPeaks,
  saveCardTrends,
  saveStatusTrends,
  saveTagPeaks,
  saveTagTrends,
  statusScoreFacts,
  type TagScoreFacts,
  tagScoreFacts,
  trendingCardIds,
  trendingStatusIds,
  trendingTagIds,
} from '@anancus/db/queries/trends'
import type { Ctx } from '../../kernel/context.ts'
import { isLanguageCode } from '../../kernel/i18n/languages.ts'
import { getSetting } from '../settings/index.ts'
import { BATCH, HALF_LIFE_MS, LOWEST_SCORE, PEAK_KEPT_MS } from './limits.ts'
import { decayed, peakAt, riseScore } from './score.ts'
import { type TrendKind, usedToday, usesOf } from './uses.ts'

/**
 * Scores anew what trended and what was used today, drops what has faded, and numbers the rest. Runs every five
 * minutes; the number of statements grows with batches of 500 items, not with items.
 */
export async function refreshTrends(ctx: Ctx): Promise<void> {
  const trendable = await getSetting(ctx, 'trendable_by_default')
  await inBatches(await candidates(ctx, 'tags', trendingTagIds), (ids) => refreshTags(ctx, ids, trendable))
  await inBatches(await candidates(ctx, 'links', trendingCardIds), (ids) => refreshLinks(ctx, ids))
  await inBatches(await candidates(ctx, 'statuses', trendingStatusIds), (ids) =>
    refreshStatuses(ctx, ids, trendable),
  )
  await rankTrends(ctx.db)
}

async function candidates(
  ctx: Ctx,
  kind: TrendKind,
  trending: (db: Ctx['db']) => Promise<string[]>,
): Promise<string[]> {
  return [...new Set([...(await trending(ctx.db)), ...(await usedToday(ctx, kind))])]
}

async function inBatches(
  ids: readonly string[],
  work: (batch: readonly string[]) => Promise<void>,
): Promise<void> {
  for (let start = 0; start < ids.length; start += BATCH) await work(ids.slice(start, start + BATCH))
}

async function refreshTags(ctx: Ctx, ids: readonly string[], trendable: boolean): Promise<void> {
  const facts = await tagScoreFacts(ctx.db, ids)
  const { scores, peaks } = await scoreByUse(ctx, 'tags', facts)
  const { kept, faded } = sift(ids, scores, LOWEST_SCORE.tags)
  await saveTagPeaks(ctx.db, peaks)
  await saveTagTrends(ctx.db, kept, trendable)
  await dropTagTrends(ctx.db, faded)
}

async function refreshLinks(ctx: Ctx, ids: readonly string[]): Promise<void> {
  const facts = await cardScoreFacts(ctx.db, ids)
  const { scores, peaks } = await scoreByUse(ctx, 'links', facts)
  const understood = new Set(
    facts.filter((card) => card.language !== null && isLanguageCode(card.language)).map((card) => card.id),
  )
  const { kept, faded } = sift(
    ids,
    scores.filter((item) => understood.has(item.id)),
    LOWEST_SCORE.links,
  )
  await saveCardPeaks(ctx.db, peaks)
  await saveCardTrends(ctx.db, kept)
  await dropCardTrends(ctx.db, faded)
}

/** By how many accounts used it today against yesterday; the peak of two days counts, and fades. */
async function scoreByUse(
  ctx: Ctx,
  kind: 'tags' | 'links',
  facts: readonly TagScoreFacts[],
): Promise<{ scores: Score[]; peaks: Peak[] }> {
  const now = ctx.clock.now()
  const uses = await usesOf(
    ctx,
    kind,
    facts.map((item) => item.id),
    2,
  )
  const peaks: Peak[] = []
  const scores = facts.map((item) => {
    const [today, yesterday] = uses.get(item.id) ?? []
    const score = riseScore(today?.accounts ?? 0, yesterday?.accounts ?? 0)
    const last =
      item.max_score !== null && item.max_score_at !== null
        ? { score: item.max_score, at: item.max_score_at }
        : null
    const peak = peakAt(now, score, last, PEAK_KEPT_MS)
    if (peak !== last && peak.score > 0) peaks.push({ id: item.id, ...peak })
    return { id: item.id, score: decayed(peak.score, now.getTime() - peak.at.getTime(), HALF_LIFE_MS[kind]) }
  })
  return { scores, peaks }
}

async function refreshStatuses(ctx: Ctx, ids: readonly string[], trendable: boolean): Promise<void> {
  const now = ctx.clock.now().getTime()
  const facts = await statusScoreFacts(ctx.db, ids)
  const scores = facts
    .filter((item) => item.is_eligible && item.language !== null && isLanguageCode(item.language))
    .filter((item) => item.created_at.getTime() <= now)
    .map((item) => ({
      id: item.id,
      score: decayed(riseScore(item.observed, 1), now - item.created_at.getTime(), HALF_LIFE_MS.statuses),
    }))
  const { kept, faded } = sift(ids, scores, LOWEST_SCORE.statuses)
  await saveStatusTrends(ctx.db, kept, trendable)
  await dropStatusTrends(ctx.db, faded)
}

/** What is strong enough, and all the rest. */
function sift(
  ids: readonly string[],
  scores: readonly Score[],
  lowest: number,
): { kept: Score[]; faded: string[] } {
  const kept = scores.filter((item) => item.score >= lowest)
  const keptIds = new Set(kept.map((item) => item.id))
  return { kept, faded: ids.filter((id) => !keptIds.has(id)) }
}
