import { stored, VISIBILITIES } from '@anancus/db'
import {
  addressedLocalFollowers,
  type HomeStatusRow,
  homeStatusesByIds,
  localFollowers,
  localTagFollowers,
  type RecipientRow,
} from '@anancus/db/queries/feeds'
import { pushToFeedsJob } from '../../jobs/default.ts'
import type { Ctx } from '../../kernel/context.ts'
import { enqueue } from '../../kernel/enqueue.ts'
import { channelOf, findReaders, pushEntry, removeEntries } from './feed-store.ts'
import { belongsInHome, loadHomeTies } from './home-facts.ts'
import { FAN_OUT_BATCH } from './limits.ts'
import { LIST_MARK, pushToLists } from './push-to-lists.ts'
import { streamToReaders } from './stream-to-readers.ts'

/** How `afterFollowId` marks the batches of hashtag followers, which come after those of the author. */
const TAG_MARK = 'tags:'
const FIRST = '0'
const DIRECT = stored(VISIBILITIES, 'direct')
const LIMITED = stored(VISIBILITIES, 'limited')
const PUBLIC = stored(VISIBILITIES, 'public')

export interface FanOut {
  statusId: string
  /** Where the batch begins; '0' is the first, which has the author as well. */
  afterFollowId: string
  kind: 'create' | 'update'
}

/**
 * Puts a status into the home feeds of one batch of recipients: the author's local followers (of a direct status those it
 * addresses), the author, then the lists its author is on, and in the end who follows one of its hashtags. Feeds that do not exist stay so: they are
 * built when their owner comes back. Enqueues the next batch itself. An edit that no longer belongs in a feed leaves it.
 *
 * HOT PATH: feed fan-out. A batch of 1,000 takes two statements (recipients, ties) beside one for the status, and one
 * for the next job; three Redis calls; rendering once, and only where somebody listens.
 */
export async function pushToFeeds(ctx: Ctx, payload: FanOut): Promise<void> {
  const status = (await homeStatusesByIds(ctx.db, [payload.statusId])).get(payload.statusId)
  if (!status) return
  const next = await pushBatch(ctx, status, payload)
  if (next !== null) await enqueue(ctx, pushToFeedsJob, { ...payload, afterFollowId: next })
}

/** Serves one batch; answers where the next begins, null after the last. */
async function pushBatch(
  ctx: Ctx,
  status: HomeStatusRow,
  { afterFollowId: after, kind }: FanOut,
): Promise<string | null> {
  if (after.startsWith(LIST_MARK)) {
    const next = await pushToLists(ctx, status, kind, after.slice(LIST_MARK.length))
    return next === null ? firstOfTags(status) : `${LIST_MARK}${next}`
  }
  const batch = await recipientsOf(ctx, status, after)
  await pushToOwners(ctx, status, kind, batch.accountIds)
  return batch.next
}

interface Recipients {
  accountIds: string[]
  /** Where the next batch begins; null after the last. */
  next: string | null
}

async function recipientsOf(ctx: Ctx, status: HomeStatusRow, after: string): Promise<Recipients> {
  if (after.startsWith(TAG_MARK)) {
    const rows = await localTagFollowers(ctx.db, status.tag_ids, after.slice(TAG_MARK.length), FAN_OUT_BATCH)
    return { accountIds: idsOf(rows), next: isFull(rows) ? `${TAG_MARK}${lastCursor(rows)}` : null }
  }
  const isAddressed = status.visibility === DIRECT || status.visibility === LIMITED
  const rows = isAddressed
    ? await addressedLocalFollowers(ctx.db, status, after, FAN_OUT_BATCH)
    : await localFollowers(ctx.db, [status.account_id], after, FAN_OUT_BATCH)
  const isOurs = status.author_domain === null
  const accountIds = [...(after === FIRST && isOurs ? [status.account_id] : []), ...idsOf(rows)]
  if (isFull(rows)) return { accountIds, next: lastCursor(rows) }
  const goesToLists = status.is_listed && !isAddressed
  return { accountIds, next: goesToLists ? `${LIST_MARK}${FIRST}` : firstOfTags(status) }
}

function firstOfTags(status: HomeStatusRow): string | null {
  const goesToTags = status.visibility === PUBLIC && status.reblog_of_id === null && status.tag_ids.length > 0
  return goesToTags ? `${TAG_MARK}${FIRST}` : null
}

function isFull(rows: readonly RecipientRow[]): boolean {
  return rows.length === FAN_OUT_BATCH
}

function lastCursor(rows: readonly RecipientRow[]): string {
  return rows.at(-1)?.cursor ?? FIRST
}

function idsOf(rows: readonly RecipientRow[]): string[] {
  return [...new Set(rows.map((row) => row.account_id))]
}

async function pushToOwners(
  ctx: Ctx,
  status: HomeStatusRow,
  kind: FanOut['kind'],
  accountIds: readonly string[],
): Promise<void> {
  const { withFeed, listening } = await findReaders(ctx, accountIds)
  const readers = accountIds.filter((id) => withFeed.has(id) || listening.has(id))
  if (readers.length === 0) return
  const ties = await loadHomeTies(ctx, readers, [status])
  const owners = Map.groupBy(ties.values(), (mine) =>
    belongsInHome(mine, status) ? (mine.wantsAllReblogs ? 'every' : 'once') : 'refused',
  )
  const idsOfOwners = (wish: 'every' | 'once' | 'refused') =>
    (owners.get(wish) ?? []).map((mine) => mine.accountId)
  const outcomes = new Map([
    ...(await pushEntry(ctx, idsOfOwners('once'), status)),
    ...(await pushEntry(ctx, idsOfOwners('every'), { id: status.id, reblog_of_id: null })),
  ])
  if (kind === 'update') await removeEntries(ctx, idsOfOwners('refused'), [status])
  const watching = [...outcomes].filter(([id, outcome]) => listening.has(id) && outcome !== 'not_shown_again')
  await streamToReaders(
    ctx,
    watching.map(([id]) => ({ accountId: id, channel: channelOf('home', id) })),
    status.id,
    kind,
  )
}
