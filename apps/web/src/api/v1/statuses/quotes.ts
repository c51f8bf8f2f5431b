import { listQuotes } from '@anancus/core/domain/statuses'
import { renderStatuses } from '@anancus/core/entities'
import { z } from 'zod'
import { cursorsOf, pageReply } from '../../../http/pagination.ts'
import { windowOf, windowParams } from '../../../http/params.ts'
import { anyToken, route } from '../../../http/route.ts'
import { lookUp, statusOf, statusParams } from './status-of.ts'

/** @see https://docs.joinmastodon.org/methods/statuses/#quotes */
export const quotes = route({
  method: 'get',
  path: '/api/v1/statuses/:id/quotes',
  auth: anyToken('read:statuses'),
  params: z.object({ ...statusParams.shape, ...windowParams(20, 40) }),
  lookUp,
  summary: 'The statuses that quote a status and may.',
  answers: ['Status'],
  async handle(call) {
    const { ctx, viewer } = call
    const { proper } = await statusOf(call)
    const window = windowOf({ ...call.params, min_id: undefined })
    const { entries, statusIds } = await listQuotes(ctx, viewer, proper, window)
    return pageReply(call, await renderStatuses(ctx, viewer, statusIds), {
      window,
      cursors: cursorsOf(entries, (entry) => entry.row_id),
      mode: 'full-page',
      prev: 'since_id',
      count: entries.length,
    })
  },
})
