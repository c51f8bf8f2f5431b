import { featureTagByName } from '@anancus/core/domain/accounts'
import { getTag } from '@anancus/core/domain/tags'
import { ok } from '../../../http/reply.ts'
import { user, userRoute } from '../../../http/route.ts'
import { shownTagJson, tagParams } from './shown-tag.ts'

/** @see https://docs.joinmastodon.org/methods/tags/#feature */
export const featureTag = userRoute({
  method: 'post',
  path: '/api/v1/tags/:name/feature',
  auth: user('write:accounts'),
  params: tagParams,
  summary: 'Shows a hashtag on the own profile.',
  answers: 'Tag',
  async handle({ ctx, viewer, params }) {
    await featureTagByName(ctx, viewer.account, params.name)
    return ok(shownTagJson(ctx, await getTag(ctx, viewer, params.name)))
  },
})
