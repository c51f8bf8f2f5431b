import { getReport, listReports, recategorizeReport } from '@anancus/core/domain/moderation'
import { renderAdminReports } from '@anancus/core/entities'
import { z } from 'zod'
import { cursorsOf, pageReply } from '../../../http/pagination.ts'
import {
  booleanParam,
  idParam,
  idsParam,
  optionalIdParam,
  stringParam,
  windowOf,
  windowParams,
} from '../../../http/params.ts'
import { ok } from '../../../http/reply.ts'
import { adminRoute } from './admin-route.ts'

/** @see https://docs.joinmastodon.org/methods/admin/reports/#get */
export const adminReports = adminRoute({
  method: 'get',
  path: '/api/v1/admin/reports',
  scope: 'admin:read:reports',
  permission: 'manage_reports',
  params: z.object({
    ...windowParams(100, 200),
    resolved: booleanParam,
    unresolved: booleanParam,
    account_id: optionalIdParam,
    target_account_id: optionalIdParam,
  }),
  answers: ['AdminReport'],
  summary: 'Reports: those that wait, or those that are dealt with.',
  async handle(call) {
    const { ctx, viewer, params } = call
    const window = windowOf(params)
    const reports = await listReports(ctx, window, {
      resolved: params.resolved,
      unresolved: params.unresolved,
      accountId: params.account_id,
      targetAccountId: params.target_account_id,
    })
    return pageReply(call, await renderAdminReports(ctx, viewer, reports), {
      window,
      cursors: cursorsOf(reports, (report) => report.id),
      keep: ['resolved', 'unresolved', 'account_id', 'target_account_id'],
      mode: 'full-page',
      prev: 'min_id',
    })
  },
})

/** @see https://docs.joinmastodon.org/methods/admin/reports/#get-one */
export const adminReport = adminRoute({
  method: 'get',
  path: '/api/v1/admin/reports/:id',
  scope: 'admin:read:reports',
  permission: 'manage_reports',
  params: z.object({ id: idParam }),
  answers: 'AdminReport',
  summary: 'A report with all it is about.',
  async handle({ ctx, viewer, params }) {
    const [shown] = await renderAdminReports(ctx, viewer, [await getReport(ctx, params.id)])
    return ok(shown)
  },
})

/** @see https://docs.joinmastodon.org/methods/admin/reports/#update */
export const updateAdminReport = adminRoute({
  method: 'put',
  path: '/api/v1/admin/reports/:id',
  scope: 'admin:write:reports',
  permission: 'manage_reports',
  params: z.object({ id: idParam, category: stringParam, rule_ids: idsParam() }),
  answers: 'AdminReport',
  summary: 'Files a report under another category.',
  async handle({ ctx, viewer, params }) {
    const { id, category, rule_ids: ruleIds } = params
    const report = await recategorizeReport(ctx, viewer, id, { category, ruleIds })
    const [shown] = await renderAdminReports(ctx, viewer, [report])
    return ok(shown)
  },
})
