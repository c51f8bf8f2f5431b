import { readAnnouncements } from '@anancus/core/domain/instance'
import { noParams } from '../../http/params.ts'
import { ok } from '../../http/reply.ts'
import { user, userRoute } from '../../http/route.ts'

/** @see https://docs.joinmastodon.org/methods/announcements/#get */
export const announcements = userRoute({
  method: 'get',
  path: '/api/v1/announcements',
  auth: user(),
  params: noParams,
  answers: ['Announcement'],
  summary: 'What the server announces, read ones included.',
  async handle({ ctx, viewer }) {
    return ok(await readAnnouncements(ctx, viewer))
  },
})
