import { unfollowTag as act, getTag } from '@anancus/core/domain/tags'
import { ok } from '../../../http/reply.ts'
import { user, userRoute } from '../../../http/route.ts'
import { shownTagJson, tagParams } from './shown-tag.ts'

/** @see https://docs.joinmastodon.org/methods/tags/#unfollow */
export const unfollowTag = userRoute({
  method: 'post',
  path: '/api/v1/tags/:name/unfollow',
  auth: user('write:follows', 'follow'),
  params: tagParams,
  summary: 'Unfollows a hashtag.',
  answers: 'Tag',
  async handle({ ctx, viewer, params }) {
    await act(ctx, viewer.account, params.name)
    return ok(shownTagJson(ctx, await getTag(ctx, viewer, params.name)))
  },
})
