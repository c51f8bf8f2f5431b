import { sendPush } from '@anancus/core/domain/push'
import type { sendPushJob } from '@anancus/core/jobs'
import type { Handler } from '../handler.ts'

export const handle: Handler<typeof sendPushJob> = async (ctx, payload) => {
  await sendPush(ctx, payload)
}
