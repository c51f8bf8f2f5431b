import type { MediaAttachmentRow, ScheduledStatusRow, Window } from '@anancus/db'
import {
  deleteScheduledStatus,
  mediaOfScheduled,
  moveScheduledStatus,
  scheduledStatusById,
  scheduledStatusesOf,
} from '@anancus/db/queries/scheduled-statuses'
import type { Ctx } from '../../kernel/context.ts'
import { NotFoundError } from '../../kernel/errors.ts'
import { transaction } from '../../kernel/transaction.ts'
import type { Viewer } from '../../kernel/viewer.ts'
import { readTime, refuseTooMany, refuseTooSoon } from './schedule-status.ts'

/** What the viewer has scheduled, the newest first. */
export function listScheduled(ctx: Ctx, viewer: Viewer, window: Window): Promise<ScheduledStatusRow[]> {
  return scheduledStatusesOf(ctx.db, window, viewer.account.id)
}

/** @throws NotFoundError missing, or somebody else's */
export async function getScheduled(ctx: Ctx, viewer: Viewer, id: string): Promise<ScheduledStatusRow> {
  const row = await scheduledStatusById(ctx.db, id)
  if (row?.account_id !== viewer.account.id) throw new NotFoundError()
  return row
}

/**
 * Puts a scheduled status off, or earlier; without a time it stays.
 *
 * @throws NotFoundError missing, or somebody else's
 * @throws ValidationError as `scheduleStatus`
 * @see https://docs.joinmastodon.org/methods/scheduled_statuses/#update
 */
export async function moveScheduled(
  ctx: Ctx,
  viewer: Viewer,
  id: string,
  time: string | undefined,
): Promise<ScheduledStatusRow> {
  const row = await getScheduled(ctx, viewer, id)
  const scheduledAt = readTime(time)
  if (scheduledAt === null) return row
  refuseTooSoon(scheduledAt, ctx.clock.now())
  return transaction(ctx, async (tx) => {
    await refuseTooMany(tx, viewer.account.id, scheduledAt, id)
    const moved = await moveScheduledStatus(tx.db, viewer.account.id, id, scheduledAt)
    if (!moved) throw new NotFoundError()
    return moved
  })
}

/** Its uploads may be used for another status. @throws NotFoundError missing, or somebody else's */
export async function cancelScheduled(ctx: Ctx, viewer: Viewer, id: string): Promise<void> {
  if (!(await deleteScheduledStatus(ctx.db, viewer.account.id, id))) throw new NotFoundError()
}

/** The uploads kept for scheduled statuses. One statement. */
export function scheduledMedia(ctx: Ctx, rows: readonly ScheduledStatusRow[]): Promise<MediaAttachmentRow[]> {
  return mediaOfScheduled(
    ctx.db,
    rows.map((row) => row.id),
  )
}
