import { listBookmarks } from '@anancus/core/domain/interactions'
import { z } from 'zod'
import { windowOf, windowParams } from '../../http/params.ts'
import { user, userRoute } from '../../http/route.ts'
import { markedPage } from './statuses/marked-page.ts'

/** @see https://docs.joinmastodon.org/methods/bookmarks/#get */
export const bookmarks = userRoute({
  method: 'get',
  path: '/api/v1/bookmarks',
  auth: user('read:bookmarks'),
  params: z.object(windowParams(20, 40)),
  summary: 'The statuses the user has bookmarked.',
  answers: ['Status'],
  async handle(call) {
    const window = windowOf(call.params)
    return markedPage(call, window, await listBookmarks(call.ctx, call.viewer, window))
  },
})
