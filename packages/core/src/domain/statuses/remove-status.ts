import { type StatusRow, stored, VISIBILITIES } from '@anancus/db'
import { type AccountStatsChange, incrementAccountsStats } from '@anancus/db/queries/accounts'
import { detachMedia } from '@anancus/db/queries/media-attachments'
import { uncountQuoteOf } from '@anancus/db/queries/quotes'
import { softDeleteStatus } from '@anancus/db/queries/status-writes'
import { incrementStatusStats } from '@anancus/db/queries/statuses'
import { countFeaturedTags, tagIdsOfStatus } from '@anancus/db/queries/tags'
import { removeStatusJob } from '../../jobs/index.ts'
import type { Ctx } from '../../kernel/context.ts'
import { enqueue } from '../../kernel/enqueue.ts'
import { transaction } from '../../kernel/transaction.ts'

const DIRECT = stored(VISIBILITIES, 'direct')
const UNLISTED = stored(VISIBILITIES, 'unlisted')

/**
 * Deletes a status, or takes back a reblog, local or remote, with every reblog of it. Gone for readers at once; feeds,
 * streams, files and other servers follow by `statuses.remove`.
 *
 * @param options.keepMedia leaves the uploads to be attached again
 * @returns false when somebody else was faster
 */
export async function removeStatus(
  ctx: Ctx,
  status: StatusRow,
  options: { keepMedia?: boolean } = {},
): Promise<boolean> {
  return transaction(ctx, async (tx) => {
    const removed = await softDeleteStatus(tx.db, status.id, tx.clock.now())
    const own = removed.find((row) => row.id === status.id)
    if (!own) return false
    await uncount(tx, own, removed)
    if (options.keepMedia) await detachMedia(tx.db, own.id)
    await enqueue(tx, removeStatusJob, { statusId: own.id })
    return true
  })
}

async function uncount(tx: Ctx, status: StatusRow, removed: readonly StatusRow[]): Promise<void> {
  const changes = new Map<string, AccountStatsChange>()
  for (const row of removed) {
    if (row.visibility === DIRECT) continue
    changes.set(row.account_id, { statuses: (changes.get(row.account_id)?.statuses ?? 0) - 1 })
  }
  await incrementAccountsStats(tx.db, changes)
  if (status.reblog_of_id !== null) await incrementStatusStats(tx.db, status.reblog_of_id, { reblogs: -1 })
  else await uncountQuoteOf(tx.db, status.id)
  if (status.visibility > UNLISTED) return
  if (status.in_reply_to_id !== null)
    await incrementStatusStats(tx.db, status.in_reply_to_id, { replies: -1 })
  if (status.local)
    await countFeaturedTags(tx.db, status.account_id, await tagIdsOfStatus(tx.db, status.id), -1, null)
}
