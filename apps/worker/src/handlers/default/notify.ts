import { notify } from '@anancus/core/domain/notifications'
import type { notifyJob } from '@anancus/core/jobs'
import type { Handler } from '../handler.ts'

export const handle: Handler<typeof notifyJob> = async (ctx, payload) => {
  await notify(ctx, payload)
}
