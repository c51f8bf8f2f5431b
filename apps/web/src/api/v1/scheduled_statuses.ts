import {
  cancelScheduled,
  getScheduled,
  listScheduled,
  moveScheduled,
  scheduledMedia,
} from '@anancus/core/domain/statuses'
import { renderScheduledStatuses } from '@anancus/core/entities'
import type { Ctx } from '@anancus/core/kernel/context'
import type { ScheduledStatusRow } from '@anancus/db'
import { z } from 'zod'
import { cursorsOf, pageReply } from '../../http/pagination.ts'
import { idParam, stringParam, windowOf, windowParams } from '../../http/params.ts'
import { ok } from '../../http/reply.ts'
import { user, userRoute } from '../../http/route.ts'

const show = async (ctx: Ctx, rows: readonly ScheduledStatusRow[]) =>
  renderScheduledStatuses(ctx, rows, await scheduledMedia(ctx, rows))

/** One scheduled status, as the API has it. */
export async function showOne(ctx: Ctx, row: ScheduledStatusRow) {
  return (await show(ctx, [row]))[0]
}

/** @see https://docs.joinmastodon.org/methods/scheduled_statuses/#get */
export const scheduledStatuses = userRoute({
  method: 'get',
  path: '/api/v1/scheduled_statuses',
  auth: user('read:statuses'),
  params: z.object(windowParams(20, 40)),
  summary: 'What the user has scheduled.',
  answers: ['ScheduledStatus'],
  async handle(call) {
    const window = windowOf(call.params)
    const rows = await listScheduled(call.ctx, call.viewer, window)
    return pageReply(call, await show(call.ctx, rows), {
      window,
      cursors: cursorsOf(rows, (row) => row.id),
      mode: 'full-page',
      prev: 'min_id',
    })
  },
})

/** @see https://docs.joinmastodon.org/methods/scheduled_statuses/#get-one */
export const showScheduledStatus = userRoute({
  method: 'get',
  path: '/api/v1/scheduled_statuses/:id',
  auth: user('read:statuses'),
  params: z.object({ id: idParam }),
  summary: 'A scheduled status.',
  answers: 'ScheduledStatus',
  async handle({ ctx, viewer, params }) {
    return ok(await showOne(ctx, await getScheduled(ctx, viewer, params.id)))
  },
})

/** @see https://docs.joinmastodon.org/methods/scheduled_statuses/#update */
export const updateScheduledStatus = userRoute({
  method: 'put',
  path: '/api/v1/scheduled_statuses/:id',
  auth: user('write:statuses'),
  params: z.object({ id: idParam, scheduled_at: stringParam }),
  summary: 'Changes when a scheduled status is published.',
  answers: 'ScheduledStatus',
  async handle({ ctx, viewer, params }) {
    return ok(await showOne(ctx, await moveScheduled(ctx, viewer, params.id, params.scheduled_at)))
  },
})

/** @see https://docs.joinmastodon.org/methods/scheduled_statuses/#cancel */
export const deleteScheduledStatus = userRoute({
  method: 'delete',
  path: '/api/v1/scheduled_statuses/:id',
  auth: user('write:statuses'),
  params: z.object({ id: idParam }),
  summary: 'Cancels a scheduled status.',
  answers: 'empty',
  async handle({ ctx, viewer, params }) {
    await cancelScheduled(ctx, viewer, params.id)
    return ok({})
  },
})
