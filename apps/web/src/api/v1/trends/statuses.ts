import { listTrendingStatuses } from '@anancus/core/domain/trends'
import { renderStatuses } from '@anancus/core/entities'
import { optional, route } from '../../../http/route.ts'
import { trendsParams, trendsQuery, trendsReply } from './trends-query.ts'

/** @see https://docs.joinmastodon.org/methods/trends/#statuses */
export const trendingStatuses = route({
  method: 'get',
  path: '/api/v1/trends/statuses',
  auth: optional(),
  params: trendsParams(20),
  cache: 'anonymous',
  summary: 'Posts that trend, one of each author.',
  answers: ['Status'],
  async handle(call) {
    const { ctx, viewer } = call
    const ids = await listTrendingStatuses(ctx, viewer, trendsQuery(call))
    return trendsReply(call, await renderStatuses(ctx, viewer, ids), 'languages')
  },
})
