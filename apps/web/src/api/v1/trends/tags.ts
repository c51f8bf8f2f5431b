import { listTrendingTags } from '@anancus/core/domain/trends'
import { optional, type Route, route } from '../../../http/route.ts'
import type { Reply } from '../../../http/reply.ts'
import type { Call } from '../../../http/route.ts'
import { shownTagJson } from '../tags/shown-tag.ts'
import { trendsParams, trendsQuery, trendsReply } from './trends-query.ts'

const params = trendsParams(10)
/** When the list got an address of its own. */
const DEPRECATED_AT = Date.parse('2022-03-30T00:00:00Z') / 1000

async function answer(call: Call<ReturnType<typeof params.parse>>): Promise<Reply> {
  const tags = await listTrendingTags(call.ctx, call.viewer, trendsQuery(call))
  return trendsReply(
    call,
    tags.map((tag) => shownTagJson(call.ctx, tag)),
  )
}

/** @see https://docs.joinmastodon.org/methods/trends/#tags */
export const trendingTags: Route = route({
  method: 'get',
  path: '/api/v1/trends/tags',
  auth: optional(),
  params,
  cache: 'anonymous',
  summary: 'Hashtags that trend.',
  answers: ['Tag'],
  handle: answer,
})

/** The same at its older address. */
export const trends: Route = route({
  method: 'get',
  path: '/api/v1/trends',
  auth: optional(),
  params,
  cache: 'anonymous',
  summary: 'Hashtags that trend; deprecated.',
  answers: ['Tag'],
  async handle(call) {
    const reply = await answer(call)
    if (reply.kind !== 'json') return reply
    return { ...reply, headers: { ...reply.headers, Deprecation: `@${DEPRECATED_AT}` } }
  },
})
