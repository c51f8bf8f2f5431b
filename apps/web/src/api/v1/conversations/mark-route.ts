import { markConversation } from '@anancus/core/domain/conversations'
import { renderConversations } from '@anancus/core/entities'
import { z } from 'zod'
import { idParam } from '../../../http/params.ts'
import { ok } from '../../../http/reply.ts'
import { type Route, user, userRoute } from '../../../http/route.ts'

/** A route `POST /api/v1/conversations/:id/<verb>`. */
export function markRoute(definition: { verb: string; isUnread: boolean; summary: string }): Route {
  return userRoute({
    method: 'post',
    path: `/api/v1/conversations/:id/${definition.verb}`,
    auth: user('write:conversations'),
    params: z.object({ id: idParam }),
    summary: definition.summary,
    answers: 'Conversation',
    async handle({ ctx, viewer, params }) {
      const row = await markConversation(ctx, viewer, params.id, definition.isUnread)
      const [conversation] = await renderConversations(ctx, viewer, [row])
      return ok(conversation)
    },
  })
}
