import { getTag } from '@anancus/core/domain/tags'
import { ok } from '../../http/reply.ts'
import { optional, route } from '../../http/route.ts'
import { shownTagJson, tagParams } from './tags/shown-tag.ts'

/** @see https://docs.joinmastodon.org/methods/tags/#get */
export const showTag = route({
  method: 'get',
  path: '/api/v1/tags/:name',
  auth: optional(),
  params: tagParams,
  cache: 'anonymous',
  summary: 'A hashtag and how much it was used.',
  answers: 'Tag',
  async handle({ ctx, viewer, params }) {
    return ok(shownTagJson(ctx, await getTag(ctx, viewer, params.name)))
  },
})
