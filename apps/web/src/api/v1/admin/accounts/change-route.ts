import type { Ctx } from '@anancus/core/kernel/context'
import type { Viewer } from '@anancus/core/kernel/viewer'
import { z } from 'zod'
import { idParam } from '../../../../http/params.ts'
import { ok } from '../../../../http/reply.ts'
import type { Route } from '../../../../http/route.ts'
import { adminRoute } from '../admin-route.ts'
import { renderOne } from './account-reply.ts'

/** `POST /api/v1/admin/accounts/:id/<verb>`: does something to an account and shows it. */
export function changeRoute(
  verb: string,
  summary: string,
  change: (ctx: Ctx, viewer: Viewer, id: string) => Promise<void>,
): Route {
  return adminRoute({
    method: 'post',
    path: `/api/v1/admin/accounts/:id/${verb}`,
    scope: 'admin:write:accounts',
    permission: 'manage_users',
    params: z.object({ id: idParam }),
    answers: 'AdminAccount',
    summary,
    async handle({ ctx, viewer, params }) {
      await change(ctx, viewer, params.id)
      return ok(await renderOne(ctx, viewer, params.id))
    },
  })
}
