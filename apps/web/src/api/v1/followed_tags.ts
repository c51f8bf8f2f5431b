import { listFollowedTags } from '@anancus/core/domain/tags'
import { z } from 'zod'
import { windowOf, windowParams } from '../../http/params.ts'
import { cursorsOf, pageReply } from '../../http/pagination.ts'
import { user, userRoute } from '../../http/route.ts'
import { shownTagJson } from './tags/shown-tag.ts'

/** @see https://docs.joinmastodon.org/methods/followed_tags/#get */
export const followedTags = userRoute({
  method: 'get',
  path: '/api/v1/followed_tags',
  auth: user('read:follows', 'follow'),
  params: z.object(windowParams(100, 200)),
  summary: 'The hashtags the user follows.',
  answers: ['Tag'],
  async handle(call) {
    const window = windowOf(call.params)
    const { cursorIds, tags } = await listFollowedTags(call.ctx, call.viewer, window)
    return pageReply(
      call,
      tags.map((tag) => shownTagJson(call.ctx, tag)),
      { window, cursors: cursorsOf(cursorIds, (id) => id), mode: 'full-page', prev: 'since_id' },
    )
  },
})
