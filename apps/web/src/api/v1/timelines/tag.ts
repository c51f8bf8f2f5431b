import { readTag } from '@anancus/core/domain/timelines'
import { renderStatuses } from '@anancus/core/entities'
import { z } from 'zod'
import { arrayParam, booleanParam, stringParam, windowOf, windowParams } from '../../../http/params.ts'
import { optional, route } from '../../../http/route.ts'
import { timelineReply } from './timeline-reply.ts'

const names = arrayParam({ wrap: true })

/** @see https://docs.joinmastodon.org/methods/timelines/#tag */
export const tagTimeline = route({
  method: 'get',
  path: '/api/v1/timelines/tag/:hashtag',
  auth: optional('read:statuses'),
  params: z.object({
    ...windowParams(20),
    hashtag: stringParam,
    any: names,
    all: names,
    none: names,
    local: booleanParam,
    remote: booleanParam,
    only_media: booleanParam,
  }),
  summary: 'Public statuses with a hashtag.',
  answers: ['Status'],
  cache: 'anonymous',
  async handle(call) {
    const { ctx, viewer, params } = call
    const window = windowOf(params)
    const ids = await readTag(ctx, viewer, params.hashtag ?? '', window, {
      any: params.any,
      all: params.all,
      none: params.none,
      local: params.local,
      remote: params.remote,
      onlyMedia: params.only_media,
    })
    const statuses = await renderStatuses(ctx, viewer, ids)
    return timelineReply(call, statuses, { window, ids, keep: ['local', 'only_media'] })
  },
})
