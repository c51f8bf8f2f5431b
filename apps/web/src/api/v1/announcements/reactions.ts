import { reactToAnnouncement, withdrawReaction } from '@anancus/core/domain/instance'
import { z } from 'zod'
import { idParam, stringParam } from '../../../http/params.ts'
import { done } from '../../../http/reply.ts'
import { user, userRoute } from '../../../http/route.ts'

const common = {
  path: '/api/v1/announcements/:id/reactions/:name',
  auth: user('write:favourites'),
  params: z.object({ id: idParam, name: stringParam }),
  answers: 'empty',
} as const

/** @see https://docs.joinmastodon.org/methods/announcements/#put-reactions */
export const addReaction = userRoute({
  ...common,
  method: 'put',
  summary: 'Reacts to an announcement with an emoji.',
  async handle({ ctx, viewer, params }) {
    await reactToAnnouncement(ctx, viewer.account, params.id, params.name ?? '')
    return done()
  },
})

/** @see https://docs.joinmastodon.org/methods/announcements/#delete-reactions */
export const removeReaction = userRoute({
  ...common,
  method: 'delete',
  summary: 'Takes a reaction back.',
  async handle({ ctx, viewer, params }) {
    await withdrawReaction(ctx, viewer.account, params.id, params.name ?? '')
    return done()
  },
})
