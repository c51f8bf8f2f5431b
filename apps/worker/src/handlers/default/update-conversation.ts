import { updateConversation } from '@anancus/core/domain/conversations'
import type { updateConversationJob } from '@anancus/core/jobs'
import type { Handler } from '../handler.ts'

export const handle: Handler<typeof updateConversationJob> = async (ctx, payload) => {
  await updateConversation(ctx, payload)
}
