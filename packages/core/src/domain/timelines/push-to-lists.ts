import type { HomeStatusRow } from '@anancus/db/queries/feeds'
import { listsShowing } from '@anancus/db/queries/list-feeds'
import type { Ctx } from '../../kernel/context.ts'
import { channelOf, findReaders, pushEntry, removeEntries } from './feed-store.ts'
import { loadHomeTies } from './home-facts.ts'
import { FAN_OUT_BATCH } from './limits.ts'
import { belongsInList } from './list-feeds.ts'
import { streamToReaders } from './stream-to-readers.ts'

/** How `afterFollowId` marks the batches of lists. */
export const LIST_MARK = 'lists:'

/**
 * Puts a status into one batch of the list feeds that its author is on, as `pushToFeeds` does with home feeds. Two
 * statements, three Redis calls.
 *
 * @param after the list after which the batch begins
 * @returns where the next batch begins; null after the last
 */
export async function pushToLists(
  ctx: Ctx,
  status: HomeStatusRow,
  kind: 'create' | 'update',
  after: string,
): Promise<string | null> {
  const repliedToId = status.in_reply_to_account_id
  const limit = FAN_OUT_BATCH
  const rows = await listsShowing(ctx.db, status.account_id, { repliedToId, after, limit })
  const ids = rows.map((row) => row.id)
  const { withFeed, listening } = await findReaders(ctx, ids, 'list')
  const read = rows.filter((row) => withFeed.has(row.id) || listening.has(row.id))
  if (read.length > 0) {
    const ties = await loadHomeTies(ctx, [...new Set(read.map((row) => row.account_id))], [status])
    const groups = Map.groupBy(read, (list) => {
      const mine = ties.get(list.account_id)
      if (!mine || !belongsInList(mine, list, status)) return 'refused'
      return mine.wantsAllReblogs ? 'every' : 'once'
    })
    const idsOf = (wish: 'every' | 'once' | 'refused') => (groups.get(wish) ?? []).map((list) => list.id)
    const outcomes = new Map([
      ...(await pushEntry(ctx, idsOf('once'), status, 'list')),
      ...(await pushEntry(ctx, idsOf('every'), { id: status.id, reblog_of_id: null }, 'list')),
    ])
    if (kind === 'update') await removeEntries(ctx, idsOf('refused'), [status], 'list')
    const watching = read.filter(({ id }) => {
      const outcome = outcomes.get(id)
      return listening.has(id) && outcome !== undefined && outcome !== 'not_shown_again'
    })
    await streamToReaders(
      ctx,
      watching.map((list) => ({ accountId: list.account_id, channel: channelOf('list', list.id) })),
      status.id,
      kind,
    )
  }
  return rows.length === FAN_OUT_BATCH ? (ids.at(-1) ?? null) : null
}
