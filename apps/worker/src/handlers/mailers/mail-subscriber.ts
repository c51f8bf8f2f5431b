import { mailSubscriber } from '@anancus/core/domain/email-subscriptions'
import type { mailSubscriberJob } from '@anancus/core/jobs'
import type { Handler } from '../handler.ts'

export const handle: Handler<typeof mailSubscriberJob> = async (ctx, payload) => {
  await mailSubscriber(ctx, payload)
}
