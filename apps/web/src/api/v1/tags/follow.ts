import { followTag as act, getTag } from '@anancus/core/domain/tags'
import { ok } from '../../../http/reply.ts'
import { user, userRoute } from '../../../http/route.ts'
import { shownTagJson, tagParams } from './shown-tag.ts'

/** @see https://docs.joinmastodon.org/methods/tags/#follow */
export const followTag = userRoute({
  method: 'post',
  path: '/api/v1/tags/:name/follow',
  auth: user('write:follows', 'follow'),
  params: tagParams,
  summary: 'Follows a hashtag.',
  answers: 'Tag',
  async handle({ ctx, viewer, params }) {
    await act(ctx, viewer.account, params.name)
    return ok(shownTagJson(ctx, await getTag(ctx, viewer, params.name)))
  },
})
