import { readLink } from '@anancus/core/domain/timelines'
import { renderStatuses } from '@anancus/core/entities'
import { z } from 'zod'
import { required, stringParam, windowOf, windowParams } from '../../../http/params.ts'
import { optional, route } from '../../../http/route.ts'
import { timelineReply } from './timeline-reply.ts'

/** @see https://docs.joinmastodon.org/methods/timelines/#link */
export const linkTimeline = route({
  method: 'get',
  path: '/api/v1/timelines/link',
  auth: optional('read:statuses'),
  params: z.object({ ...windowParams(20), url: required(stringParam) }),
  summary: 'Public statuses that share a link which trends.',
  answers: ['Status'],
  cache: 'anonymous',
  async handle(call) {
    const { ctx, viewer, params } = call
    const window = windowOf(params)
    const ids = await readLink(ctx, viewer, params.url ?? '', window)
    return timelineReply(call, await renderStatuses(ctx, viewer, ids), { window, ids, keep: ['url'] })
  },
})
