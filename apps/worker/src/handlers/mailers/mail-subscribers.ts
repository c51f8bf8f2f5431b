import { mailSubscribers } from '@anancus/core/domain/email-subscriptions'
import type { mailSubscribersJob } from '@anancus/core/jobs'
import type { Handler } from '../handler.ts'

export const handle: Handler<typeof mailSubscribersJob> = async (ctx, payload) => {
  await mailSubscribers(ctx, payload)
}
