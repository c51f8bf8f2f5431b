import type { StatusRow } from '@anancus/db'
import { accountById } from '@anancus/db/queries/accounts'
import { deleteMediaRows, mediaOfStatus } from '@anancus/db/queries/media-attachments'
import { deleteNotificationsOfStatus } from '@anancus/db/queries/status-audience'
import { unlinkStatus } from '@anancus/db/queries/status-writes'
import { statusByIdWithDeleted } from '@anancus/db/queries/statuses'
import type { Ctx } from '../../kernel/context.ts'
import { transaction } from '../../kernel/transaction.ts'
import { isLocal } from '../../kernel/uris.ts'
import { forgetInConversations } from '../conversations/index.ts'
import { deleteMediaFiles } from '../media/index.ts'
import { publishDelete, removeFromFeeds } from '../timelines/index.ts'
import { federateRemoval } from './federate-status.ts'

/**
 * Consequences of a deletion, local or remote: other servers for ours, feeds, streams, notifications, conversations,
 * replies, files. The row itself stays, marked as deleted. May run again after a crash.
 */
export async function distributeRemoval(ctx: Ctx, payload: { statusId: string }): Promise<void> {
  const status = await statusByIdWithDeleted(ctx.db, payload.statusId)
  if (!status || status.deleted_at === null) return
  const author = await accountById(ctx.db, status.account_id)
  await publishDelete(ctx, status)
  await removeFromFeeds(ctx, status)
  await transaction(ctx, async (tx) => {
    // First, while replies and interactions still say who knows of it.
    // The Delete of a deleted actor speaks for all it wrote.
    if (author && isLocal(author) && author.suspended_at === null) await federateRemoval(tx, status, author)
    await deleteNotificationsOfStatus(tx.db, status.id)
    await forgetInConversations(tx, status)
    await unlinkStatus(tx.db, status.id)
  })
  await deleteMedia(ctx, status)
}

/** Uploads that were kept hang on the status no longer. */
async function deleteMedia(ctx: Ctx, status: StatusRow): Promise<void> {
  const media = await mediaOfStatus(ctx.db, status.id)
  // Files before rows: a crash between the two leaves rows that the next run finds again.
  await deleteMediaFiles(ctx, media)
  await deleteMediaRows(
    ctx.db,
    media.map((item) => item.id),
  )
}
