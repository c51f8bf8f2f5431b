import { findTags, listTrendingTags, mayReview, reviewTag } from '@anancus/core/domain/trends'
import { z } from 'zod'
import { idParam } from '../../../../http/params.ts'
import { ok } from '../../../../http/reply.ts'
import { optional, type Route, route } from '../../../../http/route.ts'
import { shownTagJson } from '../../tags/shown-tag.ts'
import { trendsParams, trendsQuery, trendsReply } from '../../trends/trends-query.ts'
import { adminRoute } from '../admin-route.ts'
import { adminTagJsonOf, adminTagsJson } from '../tags-json.ts'

/** @see https://docs.joinmastodon.org/methods/admin/trends/#tags */
const adminTrendingTags = route({
  method: 'get',
  path: '/api/v1/admin/trends/tags',
  auth: optional('admin:read'),
  params: trendsParams(10),
  summary: 'Hashtags that trend, to moderators also those that are not shown.',
  answers: ['ListedTag'],
  async handle(call) {
    const { ctx, viewer } = call
    const tags = await listTrendingTags(ctx, viewer, { ...trendsQuery(call), isForReview: true })
    if (!mayReview(viewer))
      return trendsReply(
        call,
        tags.map((tag) => shownTagJson(ctx, tag)),
      )
    const rows = await findTags(
      ctx,
      tags.flatMap(({ tag }) => tag.id ?? []),
    )
    return trendsReply(call, await adminTagsJson(ctx, tags, rows))
  },
})

const judge = (verb: 'approve' | 'reject', summary: string) =>
  adminRoute({
    method: 'post',
    path: `/api/v1/admin/trends/tags/:id/${verb}`,
    scope: 'admin:write',
    permission: 'manage_taxonomies',
    params: z.object({ id: idParam }),
    summary,
    answers: 'AdminTag',
    async handle({ ctx, viewer, params }) {
      const row = await reviewTag(ctx, params.id, verb === 'approve')
      return ok(await adminTagJsonOf(ctx, viewer, row))
    },
  })

export const adminTrendingTagRoutes: readonly Route[] = [
  adminTrendingTags,
  judge('approve', 'Lets a hashtag trend.'),
  judge('reject', 'Keeps a hashtag from trending.'),
]
