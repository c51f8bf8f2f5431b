import { dismissAnnouncement } from '@anancus/core/domain/instance'
import { z } from 'zod'
import { idParam } from '../../../http/params.ts'
import { done } from '../../../http/reply.ts'
import { user, userRoute } from '../../../http/route.ts'

/** @see https://docs.joinmastodon.org/methods/announcements/#dismiss */
export const dismiss = userRoute({
  method: 'post',
  path: '/api/v1/announcements/:id/dismiss',
  auth: user('write:accounts'),
  params: z.object({ id: idParam }),
  answers: 'empty',
  summary: 'Marks an announcement as read.',
  async handle({ ctx, viewer, params }) {
    await dismissAnnouncement(ctx, viewer.account, params.id)
    return done()
  },
})
