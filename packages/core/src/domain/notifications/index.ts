import type { NotificationRow, Window } from '@anancus/db'
import type { Ctx } from '../../kernel/context.ts'
import type { Viewer } from '../../kernel/viewer.ts'

/** What notifyJob runs. */
export declare function notify(
  ctx: Ctx,
  payload: {
    recipientId: string
    type: string
    activityType: string
    activityId: string
    fromAccountId: string
  },
): Promise<void>
export interface NotificationFilters {
  types?: readonly string[] | undefined
  excludeTypes?: readonly string[] | undefined
  accountId?: string | undefined
  includeFiltered?: boolean | undefined
}
/** Rows ready for `renderNotifications`, newest first. */
export declare function listNotifications(
  ctx: Ctx,
  viewer: Viewer,
  window: Window,
  filters?: NotificationFilters,
): Promise<NotificationRow[]>
export declare function dismissNotification(ctx: Ctx, viewer: Viewer, id: string): Promise<void>
export declare function clearNotifications(ctx: Ctx, viewer: Viewer): Promise<void>
export declare function deleteNotificationsOf(
  ctx: Ctx,
  activityType: string,
  activityId: string,
): Promise<void>
