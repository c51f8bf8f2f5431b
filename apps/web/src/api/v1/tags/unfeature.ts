import { unfeatureTagByName } from '@anancus/core/domain/accounts'
import { getTag } from '@anancus/core/domain/tags'
import { ok } from '../../../http/reply.ts'
import { user, userRoute } from '../../../http/route.ts'
import { shownTagJson, tagParams } from './shown-tag.ts'

/** @see https://docs.joinmastodon.org/methods/tags/#unfeature */
export const unfeatureTag = userRoute({
  method: 'post',
  path: '/api/v1/tags/:name/unfeature',
  auth: user('write:accounts'),
  params: tagParams,
  summary: 'Takes a hashtag off the own profile.',
  answers: 'Tag',
  async handle({ ctx, viewer, params }) {
    await unfeatureTagByName(ctx, viewer.account, params.name)
    return ok(shownTagJson(ctx, await getTag(ctx, viewer, params.name)))
  },
})
