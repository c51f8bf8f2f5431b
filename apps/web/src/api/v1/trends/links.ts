import { listTrendingLinks } from '@anancus/core/domain/trends'
import { optional, route } from '../../../http/route.ts'
import { renderTrendsLinks } from './trends-json.ts'
import { trendsParams, trendsQuery, trendsReply } from './trends-query.ts'

/** @see https://docs.joinmastodon.org/methods/trends/#links */
export const trendingLinks = route({
  method: 'get',
  path: '/api/v1/trends/links',
  auth: optional(),
  params: trendsParams(10),
  cache: 'anonymous',
  summary: 'Links that trend.',
  answers: ['TrendsLink'],
  async handle(call) {
    const { ctx, viewer } = call
    const links = await listTrendingLinks(ctx, viewer, trendsQuery(call))
    return trendsReply(call, await renderTrendsLinks(ctx, viewer, links), 'languages')
  },
})
