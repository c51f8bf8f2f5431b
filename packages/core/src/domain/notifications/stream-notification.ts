import type { NotificationRow } from '@anancus/db'
import { viewersByAccountIds } from '@anancus/db/queries/viewers'
import { renderNotifications } from '../../entities/index.ts'
import type { Ctx } from '../../kernel/context.ts'
import { homeChannel, listenedTo, notificationChannel, publish } from '../../streaming/index.ts'

/** Sends a notification to the open streams of its recipient; renders nothing while none is open. */
export async function streamNotification(ctx: Ctx, row: NotificationRow): Promise<void> {
  const channel = notificationChannel(row.account_id)
  const listening = await listenedTo(ctx, [homeChannel(row.account_id), channel])
  if (listening.size === 0) return
  const viewer = (await viewersByAccountIds(ctx.db, [row.account_id])).get(row.account_id)
  if (!viewer) return
  const [payload] = await renderNotifications(ctx, viewer, [row])
  if (payload) await publish(ctx, channel, { event: 'notification', payload })
}
