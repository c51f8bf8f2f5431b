import type { ListRow, Window } from '@anancus/db'
import { type HomeStatusRow, homeStatusesByIds } from '@anancus/db/queries/feeds'
import { type ListFeedRow, listFeedById, listFeedCandidates, listIdsOf } from '@anancus/db/queries/list-feeds'
import { buildListFeedJob } from '../../jobs/default.ts'
import type { Ctx } from '../../kernel/context.ts'
import { enqueue } from '../../kernel/enqueue.ts'
import { canShowInList } from '../../policies/list.ts'
import { beginFeed, dropFeeds, type FeedEntry, fillFeed, finishFeed, readFeed } from './feed-store.ts'
import { entryFor, homeStatusOf, loadHomeTies, type OwnerTies } from './home-facts.ts'
import { FEED_SIZE } from './limits.ts'
import { readJudged } from './read-judged.ts'

/**
 * A page of a list, newest first; from its feed in Redis, one call. Where there is none the page comes from the database
 * and a job builds the feed; while Redis is away it comes from the database as well.
 *
 * @see https://docs.joinmastodon.org/methods/timelines/#list
 */
export async function readList(ctx: Ctx, list: ListRow, window: Window): Promise<string[]> {
  if (window.limit <= 0) return []
  try {
    const ids = await readFeed(ctx, list.id, window, 'list')
    if (ids) return ids
  } catch (error) {
    ctx.log.warn({ error }, 'list timeline from the database: Redis is away')
    return readFromDatabase(ctx, list.id, window)
  }
  await enqueue(ctx, buildListFeedJob, { listId: list.id }, { jobId: list.id })
  return readFromDatabase(ctx, list.id, window)
}

async function readFromDatabase(ctx: Ctx, listId: string, window: Window): Promise<string[]> {
  const list = await listFeedById(ctx.db, listId)
  if (!list) return []
  return readJudged(window, {
    candidates: (bounds) => listFeedCandidates(ctx.db, listId, bounds),
    keep: (ids) => keepForList(ctx, list, ids),
  })
}

/** Fills a list feed from the database, unless it is built; otherwise as `buildFeed`. What `buildListFeedJob` runs. */
export async function buildListFeed(ctx: Ctx, { listId }: { listId: string }): Promise<void> {
  if (!(await beginFeed(ctx, listId, 'list'))) return
  const list = await listFeedById(ctx.db, listId)
  if (!list) return dropFeeds(ctx, [listId], 'list')
  const ids = await listFeedCandidates(ctx.db, listId, { limit: FEED_SIZE })
  await fillFeed(ctx, listId, await keepForList(ctx, list, ids), 'list')
  await finishFeed(ctx, listId, 'list')
}

/** Of these statuses, those that belong in a list, in the given order. Two statements. */
async function keepForList(ctx: Ctx, list: ListFeedRow, ids: readonly string[]): Promise<FeedEntry[]> {
  const rows = await homeStatusesByIds(ctx.db, ids)
  const found = ids.flatMap((id) => rows.get(id) ?? [])
  if (found.length === 0) return []
  const ties = (await loadHomeTies(ctx, [list.account_id], found)).get(list.account_id)
  if (!ties) return []
  return found.filter((row) => belongsInList(ties, list, row)).map((row) => entryFor(ties, row))
}

/** Whether a status belongs in a list of the owner of the ties: one of somebody followed still, or of the owner. */
export function belongsInList(ties: OwnerTies, list: ListFeedRow, row: HomeStatusRow): boolean {
  if (row.account_id !== ties.accountId && !ties.following.has(row.account_id)) return false
  const rules = { repliesPolicy: list.replies_policy, memberIds: new Set(list.member_ids) }
  return canShowInList(ties, rules, homeStatusOf(row))
}

/** Forgets the feeds of all lists of an account: they are built when they are read again. One statement. */
export async function dropListFeedsOf(ctx: Ctx, accountId: string): Promise<void> {
  await dropFeeds(ctx, await listIdsOf(ctx.db, accountId), 'list')
}
