import { sendActorUpdate } from '@anancus/core/domain/federation'
import type { updateActorJob } from '@anancus/core/jobs'
import type { Handler } from '../handler.ts'

export const handle: Handler<typeof updateActorJob> = async (ctx, payload) => {
  await sendActorUpdate(ctx, payload)
}
