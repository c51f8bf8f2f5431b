import { dismissNotificationGroup } from '@anancus/core/domain/notifications'
import { z } from 'zod'
import { stringParam } from '../../../http/params.ts'
import { done } from '../../../http/reply.ts'
import { user, userRoute } from '../../../http/route.ts'

/** @see https://docs.joinmastodon.org/methods/grouped_notifications/#dismiss-group */
export const dismissGroup = userRoute({
  method: 'post',
  path: '/api/v2/notifications/:group_key/dismiss',
  auth: user('write:notifications'),
  params: z.object({ group_key: stringParam }),
  summary: 'Deletes a group of notifications.',
  answers: 'empty',
  async handle({ ctx, viewer, params }) {
    await dismissNotificationGroup(ctx, viewer, params.group_key ?? '')
    return done()
  },
})
