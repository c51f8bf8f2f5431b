import { dismissNotification } from '@anancus/core/domain/notifications'
import { z } from 'zod'
import { idParam } from '../../../http/params.ts'
import { done } from '../../../http/reply.ts'
import { user, userRoute } from '../../../http/route.ts'

/** @see https://docs.joinmastodon.org/methods/notifications/#dismiss */
export const dismiss = userRoute({
  method: 'post',
  path: '/api/v1/notifications/:id/dismiss',
  auth: user('write:notifications'),
  params: z.object({ id: idParam }),
  summary: 'Deletes a notification.',
  answers: 'empty',
  async handle({ ctx, viewer, params }) {
    await dismissNotification(ctx, viewer, params.id)
    return done()
  },
})
