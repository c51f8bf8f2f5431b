import { listTrendingLinks, mayReview, reviewLink, type ShownLink } from '@anancus/core/domain/trends'
import type { AdminTrendsLink } from '@anancus/core/entities/types'
import type { Ctx } from '@anancus/core/kernel/context'
import type { Viewer } from '@anancus/core/kernel/viewer'
import { z } from 'zod'
import { idParam } from '../../../../http/params.ts'
import { ok } from '../../../../http/reply.ts'
import { optional, type Route, route } from '../../../../http/route.ts'
import { renderTrendsLinks } from '../../trends/trends-json.ts'
import { trendsParams, trendsQuery, trendsReply } from '../../trends/trends-query.ts'
import { adminRoute } from '../admin-route.ts'

async function adminLinksJson(
  ctx: Ctx,
  viewer: Viewer,
  links: readonly ShownLink[],
): Promise<AdminTrendsLink[]> {
  const items = await renderTrendsLinks(ctx, viewer, links)
  return items.map((item, place) => ({
    id: Number(links[place]?.card.id),
    ...item,
    requires_review: links[place]?.requiresReview ?? false,
  }))
}

/** @see https://docs.joinmastodon.org/methods/admin/trends/#links */
const adminTrendingLinks = route({
  method: 'get',
  path: '/api/v1/admin/trends/links',
  auth: optional('admin:read'),
  params: trendsParams(10),
  summary: 'Links that trend, to moderators also those that are not shown.',
  answers: ['ListedTrendsLink'],
  async handle(call) {
    const { ctx, viewer } = call
    const links = await listTrendingLinks(ctx, viewer, { ...trendsQuery(call), isForReview: true })
    const render = mayReview(viewer)
      ? adminLinksJson(ctx, viewer, links)
      : renderTrendsLinks(ctx, viewer, links)
    return trendsReply(call, await render, 'languages')
  },
})

const judge = (verb: 'approve' | 'reject', summary: string) =>
  adminRoute({
    method: 'post',
    path: `/api/v1/admin/trends/links/:id/${verb}`,
    scope: 'admin:write',
    permission: 'manage_taxonomies',
    params: z.object({ id: idParam }),
    summary,
    answers: 'AdminTrendsLink',
    async handle({ ctx, viewer, params }) {
      const link = await reviewLink(ctx, params.id, verb === 'approve')
      const [shown] = await adminLinksJson(ctx, viewer, [link])
      return ok(shown)
    },
  })

export const adminTrendingLinkRoutes: readonly Route[] = [
  adminTrendingLinks,
  judge('approve', 'Lets a link trend.'),
  judge('reject', 'Keeps a link from trending.'),
]
