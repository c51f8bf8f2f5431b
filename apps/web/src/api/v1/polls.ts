import { getPoll, refreshPoll } from '@anancus/core/domain/statuses'
import { renderPoll } from '@anancus/core/entities'
import { z } from 'zod'
import { visibleIdParam } from '../../http/params.ts'
import { ok } from '../../http/reply.ts'
import { optional, route } from '../../http/route.ts'

/** @see https://docs.joinmastodon.org/methods/polls/#get */
export const showPoll = route({
  method: 'get',
  path: '/api/v1/polls/:id',
  auth: optional('read:statuses'),
  params: z.object({ id: visibleIdParam }),
  cache: 'anonymous',
  summary: 'A poll; of another server as fresh as it can be had.',
  answers: 'Poll',
  async handle({ ctx, viewer, params }) {
    const found = await getPoll(ctx, viewer, params.id)
    if (viewer) await refreshPoll(ctx, viewer, found)
    return ok(await renderPoll(ctx, viewer, found.status.id))
  },
})
