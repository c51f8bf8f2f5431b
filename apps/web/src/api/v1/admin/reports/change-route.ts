import { renderAdminReports } from '@anancus/core/entities'
import type { Ctx } from '@anancus/core/kernel/context'
import type { Viewer } from '@anancus/core/kernel/viewer'
import type { FullReport } from '@anancus/core/domain/moderation'
import { z } from 'zod'
import { idParam } from '../../../../http/params.ts'
import { ok } from '../../../../http/reply.ts'
import type { Route } from '../../../../http/route.ts'
import { adminRoute } from '../admin-route.ts'

/** `POST /api/v1/admin/reports/:id/<verb>`: does something with a report and shows it. */
export function changeRoute(
  verb: string,
  summary: string,
  change: (ctx: Ctx, viewer: Viewer, id: string) => Promise<FullReport>,
): Route {
  return adminRoute({
    method: 'post',
    path: `/api/v1/admin/reports/:id/${verb}`,
    scope: 'admin:write:reports',
    permission: 'manage_reports',
    params: z.object({ id: idParam }),
    answers: 'AdminReport',
    summary,
    async handle({ ctx, viewer, params }) {
      const [shown] = await renderAdminReports(ctx, viewer, [await change(ctx, viewer, params.id)])
      return ok(shown)
    },
  })
}
