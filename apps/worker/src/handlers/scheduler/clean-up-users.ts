import { cleanUpSubscriptions } from '@anancus/core/domain/email-subscriptions'
import { purgeDeletedStatuses } from '@anancus/core/domain/statuses'
import { cleanUpUsers } from '@anancus/core/domain/users'
import type { cleanUpUsersJob } from '@anancus/core/jobs'
import type { Handler } from '../handler.ts'

export const handle: Handler<typeof cleanUpUsersJob> = async (ctx) => {
  const users = await cleanUpUsers(ctx)
  const statuses = await purgeDeletedStatuses(ctx)
  const subscriptions = await cleanUpSubscriptions(ctx)
  ctx.log.info({ users, statuses, subscriptions }, 'cleaned up')
}
