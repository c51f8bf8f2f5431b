import { homeRefreshHeader, readHome } from '@anancus/core/domain/timelines'
import { renderStatuses } from '@anancus/core/entities'
import { z } from 'zod'
import { windowOf, windowParams } from '../../../http/params.ts'
import { user, userRoute } from '../../../http/route.ts'
import { timelineReply } from './timeline-reply.ts'

/**
 * HOT PATH: home timeline.
 *
 * @see https://docs.joinmastodon.org/methods/timelines/#home
 */
export const homeTimeline = userRoute({
  method: 'get',
  path: '/api/v1/timelines/home',
  auth: user('read:statuses'),
  params: z.object(windowParams(20)),
  summary: 'Home timeline; 206 while the feed is being built.',
  answers: ['Status'],
  alsoAnswers: { 206: ['Status'] },
  async handle(call) {
    const { ctx, viewer } = call
    const window = windowOf(call.params)
    const { ids, regenerating } = await readHome(ctx, viewer, window)
    const statuses = await renderStatuses(ctx, viewer, ids)
    const reply = timelineReply(call, statuses, { window, ids, keep: ['local'] })
    if (!regenerating || reply.kind !== 'json') return reply
    return {
      ...reply,
      status: 206,
      headers: { ...reply.headers, ...homeRefreshHeader(ctx, viewer.account.id) },
    }
  },
})
