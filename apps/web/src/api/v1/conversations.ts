import { deleteConversation as forget, listConversations } from '@anancus/core/domain/conversations'
import { renderConversations } from '@anancus/core/entities'
import { z } from 'zod'
import { cursorsOf, pageReply } from '../../http/pagination.ts'
import { idParam, windowOf, windowParams } from '../../http/params.ts'
import { ok } from '../../http/reply.ts'
import { user, userRoute } from '../../http/route.ts'

/** @see https://docs.joinmastodon.org/methods/conversations/#get */
export const conversations = userRoute({
  method: 'get',
  path: '/api/v1/conversations',
  auth: user('read:statuses'),
  params: z.object(windowParams(20, 40)),
  summary: 'The conversations of direct statuses, the latest first.',
  answers: ['Conversation'],
  async handle(call) {
    const { ctx, viewer } = call
    const window = windowOf(call.params)
    const rows = await listConversations(ctx, viewer, window)
    return pageReply(call, await renderConversations(ctx, viewer, rows), {
      window,
      cursors: cursorsOf(rows, (row) => row.last_status_id ?? '0'),
      count: rows.length,
      mode: 'full-page',
      prev: 'min_id',
    })
  },
})

/** @see https://docs.joinmastodon.org/methods/conversations/#delete */
export const deleteConversation = userRoute({
  method: 'delete',
  path: '/api/v1/conversations/:id',
  auth: user('write:conversations'),
  params: z.object({ id: idParam }),
  summary: 'Forgets a conversation; its statuses stay.',
  answers: 'empty',
  async handle({ ctx, viewer, params }) {
    await forget(ctx, viewer, params.id)
    return ok({})
  },
})
