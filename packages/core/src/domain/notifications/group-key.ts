import type { NotificationActivity } from '@anancus/db/queries/notification-facts'
import type { Ctx } from '../../kernel/context.ts'
import { redisKey } from '../../kernel/redis-keys.ts'
import { isGroupable } from './kinds.ts'
import { GROUP_SPAN_HOURS } from './limits.ts'

const HOUR_MS = 3_600_000

/**
 * The key of the group a notification joins: a bucket that opened at most twelve hours ago, or a new one at its own
 * hour. Null for what is never grouped. The open bucket lies in Redis: without it a new group begins, nothing worse.
 */
export async function groupKeyFor(
  ctx: Ctx,
  recipientId: string,
  type: string,
  activity: NotificationActivity,
): Promise<string | null> {
  if (!isGroupable(type)) return null
  const prefix = activity.status_id === null ? type : `${type}-${activity.status_id}`
  const hour = Math.floor(activity.created_at.getTime() / HOUR_MS)
  return `${prefix}-${await openBucket(ctx, `notif-group/${recipientId}/${prefix}`, hour)}`
}

async function openBucket(ctx: Ctx, name: string, hour: number): Promise<number> {
  const key = redisKey(ctx, name)
  try {
    const open = Number((await ctx.redis.get(key)) ?? 0)
    const bucket = hour < open + GROUP_SPAN_HOURS ? open : hour
    await ctx.redis.set(key, bucket, 'EX', GROUP_SPAN_HOURS * 3600)
    return bucket
  } catch (error) {
    ctx.log.warn({ error }, 'notification starts a group of its own hour: Redis is away')
    return hour
  }
}
