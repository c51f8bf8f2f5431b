import { voteInPoll as vote } from '@anancus/core/domain/interactions'
import { getPoll } from '@anancus/core/domain/statuses'
import { renderPoll } from '@anancus/core/entities'
import { BadRequestError } from '@anancus/core/kernel/errors'
import { z } from 'zod'
import { arrayParam, required, visibleIdParam } from '../../../http/params.ts'
import { ok } from '../../../http/reply.ts'
import { user, userRoute } from '../../../http/route.ts'

/** @see https://docs.joinmastodon.org/methods/polls/#vote */
export const voteInPoll = userRoute({
  method: 'post',
  path: '/api/v1/polls/:id/votes',
  auth: user('write:statuses'),
  params: z.object({ id: visibleIdParam, choices: required(arrayParam({ wrap: true })) }),
  summary: 'Votes in a poll.',
  answers: 'Poll',
  async handle({ ctx, viewer, params }) {
    const { status } = await getPoll(ctx, viewer, params.id)
    if (!params.choices?.length) throw BadRequestError.missing('choices')
    await vote(ctx, viewer, params.id, params.choices)
    return ok(await renderPoll(ctx, viewer, status.id))
  },
})
