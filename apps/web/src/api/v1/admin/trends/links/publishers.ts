import { listProviders, reviewProvider } from '@anancus/core/domain/trends'
import { providerJson } from '@anancus/core/entities'
import { z } from 'zod'
import { idParam, windowOf, windowParams } from '../../../../../http/params.ts'
import { ok } from '../../../../../http/reply.ts'
import type { Route } from '../../../../../http/route.ts'
import { adminRoute } from '../../admin-route.ts'
import { rowPage } from '../../row-page.ts'

const path = '/api/v1/admin/trends/links/publishers'

const publishers = adminRoute({
  method: 'get',
  path,
  scope: 'admin:read',
  permission: 'manage_taxonomies',
  params: z.object(windowParams(100, 200)),
  summary: 'Publishers whose links would trend.',
  answers: ['PreviewCardProvider'],
  async handle(call) {
    const window = windowOf(call.params)
    return rowPage(call, window, await listProviders(call.ctx, window), providerJson)
  },
})

const judge = (verb: 'approve' | 'reject', summary: string) =>
  adminRoute({
    method: 'post',
    path: `${path}/:id/${verb}`,
    scope: 'admin:write',
    permission: 'manage_taxonomies',
    params: z.object({ id: idParam }),
    summary,
    answers: 'PreviewCardProvider',
    async handle({ ctx, params }) {
      return ok(providerJson(await reviewProvider(ctx, params.id, verb === 'approve')))
    },
  })

export const publisherRoutes: readonly Route[] = [
  publishers,
  judge('approve', 'Lets the links of a publisher trend.'),
  judge('reject', 'Keeps the links of a publisher from trending.'),
]
