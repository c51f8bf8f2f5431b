import { deleteAllNotificationRequests } from '@anancus/db/queries/notification-requests'
import {
  deleteAllNotifications,
  deleteNotification,
  deleteNotificationsOfActivity,
} from '@anancus/db/queries/notifications'
import type { Ctx } from '../../kernel/context.ts'
import { NotFoundError } from '../../kernel/errors.ts'
import type { Viewer } from '../../kernel/viewer.ts'

/**
 * Deletes one notification of the viewer.
 *
 * @throws NotFoundError missing, or somebody else's
 */
export async function dismissNotification(ctx: Ctx, viewer: Viewer, id: string): Promise<void> {
  if (!(await deleteNotification(ctx.db, viewer.account.id, id))) throw new NotFoundError()
}

/** Deletes all notifications of the viewer, those put aside and their requests too. */
export async function clearNotifications(ctx: Ctx, viewer: Viewer): Promise<void> {
  await deleteAllNotifications(ctx.db, viewer.account.id)
  await deleteAllNotificationRequests(ctx.db, viewer.account.id)
}

/** Deletes what anybody was told about something that is no more: `('Favourite', id)`, `('Status', id)`, … */
export async function deleteNotificationsOf(
  ctx: Ctx,
  activityType: string,
  activityId: string,
): Promise<void> {
  await deleteNotificationsOfActivity(ctx.db, activityType, activityId)
}
