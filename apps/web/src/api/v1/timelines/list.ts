import { getList, readList } from '@anancus/core/domain/timelines'
import { renderStatuses } from '@anancus/core/entities'
import { z } from 'zod'
import { idParam, windowOf, windowParams } from '../../../http/params.ts'
import { user, userRoute } from '../../../http/route.ts'
import { timelineReply } from './timeline-reply.ts'

/** @see https://docs.joinmastodon.org/methods/timelines/#list */
export const listTimeline = userRoute({
  method: 'get',
  path: '/api/v1/timelines/list/:list_id',
  auth: user('read:lists'),
  params: z.object({ list_id: idParam, ...windowParams(20) }),
  summary: 'Statuses of the accounts on a list.',
  answers: ['Status'],
  async handle(call) {
    const { ctx, viewer } = call
    const list = await getList(ctx, viewer, call.params.list_id)
    const window = windowOf(call.params)
    const ids = await readList(ctx, list, window)
    return timelineReply(call, await renderStatuses(ctx, viewer, ids), { window, ids, keep: [] })
  },
})
