import { sendMail } from '@anancus/core/domain/users'
import type { sendMailJob } from '@anancus/core/jobs'
import type { Handler } from '../handler.ts'

export const handle: Handler<typeof sendMailJob> = async (ctx, payload) => {
  await sendMail(ctx, payload)
}
