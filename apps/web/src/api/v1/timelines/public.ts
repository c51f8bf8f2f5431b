import { readPublic } from '@anancus/core/domain/timelines'
import { renderStatuses } from '@anancus/core/entities'
import { z } from 'zod'
import { booleanParam, windowOf, windowParams } from '../../../http/params.ts'
import { optional, route } from '../../../http/route.ts'
import { timelineReply } from './timeline-reply.ts'

/** @see https://docs.joinmastodon.org/methods/timelines/#public */
export const publicTimeline = route({
  method: 'get',
  path: '/api/v1/timelines/public',
  auth: optional('read:statuses'),
  params: z.object({
    ...windowParams(20),
    local: booleanParam,
    remote: booleanParam,
    only_media: booleanParam,
  }),
  summary: 'Public timeline, or its local or remote half.',
  answers: ['Status'],
  cache: 'anonymous',
  async handle(call) {
    const { ctx, viewer, params } = call
    const window = windowOf(params)
    const ids = await readPublic(ctx, viewer, window, {
      local: params.local,
      remote: params.remote,
      onlyMedia: params.only_media,
    })
    const statuses = await renderStatuses(ctx, viewer, ids)
    return timelineReply(call, statuses, { window, ids, keep: ['local', 'remote', 'only_media'] })
  },
})
