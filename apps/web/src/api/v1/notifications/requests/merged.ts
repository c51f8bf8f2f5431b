import { noParams } from '../../../../http/params.ts'
import { ok } from '../../../../http/reply.ts'
import { user, userRoute } from '../../../../http/route.ts'

/**
 * Whether accepted notifications are shown yet. They are shown at once.
 *
 * @see https://docs.joinmastodon.org/methods/notifications/#requests-merged
 */
export const merged = userRoute({
  method: 'get',
  path: '/api/v1/notifications/requests/merged',
  auth: user('read:notifications'),
  params: noParams,
  summary: 'Whether accepted notifications are shown yet: always.',
  answers: 'MergedNotificationRequests',
  handle: async () => ok({ merged: true }),
})
