import { listTrendingStatuses, mayReview, reviewStatus, statusesToReview } from '@anancus/core/domain/trends'
import { renderStatus, renderStatuses } from '@anancus/core/entities'
import type { AdminTrendsStatus, Status } from '@anancus/core/entities/types'
import type { Ctx } from '@anancus/core/kernel/context'
import { z } from 'zod'
import { idParam } from '../../../../http/params.ts'
import { ok } from '../../../../http/reply.ts'
import { optional, type Route, route } from '../../../../http/route.ts'
import { trendsParams, trendsQuery, trendsReply } from '../../trends/trends-query.ts'
import { adminRoute } from '../admin-route.ts'

async function withReview(ctx: Ctx, statuses: readonly Status[]): Promise<AdminTrendsStatus[]> {
  const waiting = await statusesToReview(
    ctx,
    statuses.map((status) => status.id),
  )
  return statuses.map((status) => ({ ...status, requires_review: waiting.has(status.id) }))
}

/** @see https://docs.joinmastodon.org/methods/admin/trends/#statuses */
const adminTrendingStatuses = route({
  method: 'get',
  path: '/api/v1/admin/trends/statuses',
  auth: optional('admin:read'),
  params: trendsParams(20),
  summary: 'Posts that trend, to moderators also those that are not shown.',
  answers: ['ListedTrendsStatus'],
  async handle(call) {
    const { ctx, viewer } = call
    const ids = await listTrendingStatuses(ctx, viewer, { ...trendsQuery(call), isForReview: true })
    const statuses = await renderStatuses(ctx, viewer, ids)
    return trendsReply(call, mayReview(viewer) ? await withReview(ctx, statuses) : statuses, 'languages')
  },
})

const judge = (verb: 'approve' | 'reject', summary: string) =>
  adminRoute({
    method: 'post',
    path: `/api/v1/admin/trends/statuses/:id/${verb}`,
    scope: 'admin:write',
    permission: 'manage_taxonomies',
    params: z.object({ id: idParam }),
    summary,
    answers: 'AdminTrendsStatus',
    async handle({ ctx, viewer, params }) {
      await reviewStatus(ctx, params.id, verb === 'approve')
      const [status] = await withReview(ctx, [await renderStatus(ctx, viewer, params.id)])
      return ok(status)
    },
  })

export const adminTrendingStatusRoutes: readonly Route[] = [
  adminTrendingStatuses,
  judge('approve', 'Lets a post trend.'),
  judge('reject', 'Keeps a post from trending.'),
]
