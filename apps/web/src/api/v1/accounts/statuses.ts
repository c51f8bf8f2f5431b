import { getAccount } from '@anancus/core/domain/accounts'
import { readAccountStatuses } from '@anancus/core/domain/timelines'
import { renderStatuses } from '@anancus/core/entities'
import { z } from 'zod'
import { cursorsOf, pageReply } from '../../../http/pagination.ts'
import { flagParam, idParam, stringParam, windowOf, windowParams } from '../../../http/params.ts'
import { optional, route } from '../../../http/route.ts'

/** `exclude_direct` does not live on in the links: so Mastodon has it. */
const KEPT = ['pinned', 'tagged', 'only_media', 'exclude_replies', 'exclude_reblogs']

/** @see https://docs.joinmastodon.org/methods/accounts/#statuses */
export const statuses = route({
  method: 'get',
  path: '/api/v1/accounts/:id/statuses',
  auth: optional('read:statuses'),
  params: z.object({
    id: idParam,
    ...windowParams(20, 40),
    pinned: flagParam(false),
    tagged: stringParam,
    only_media: flagParam(false),
    exclude_replies: flagParam(false),
    exclude_reblogs: flagParam(false),
    exclude_direct: flagParam(false),
  }),
  cache: 'anonymous',
  summary: 'Statuses of an account, as far as they may be seen.',
  answers: ['Status'],
  async handle(call) {
    const { ctx, viewer, params } = call
    const account = await getAccount(ctx, viewer, params.id)
    const window = windowOf(params)
    const ids = await readAccountStatuses(ctx, viewer, account.id, window, {
      pinned: params.pinned,
      tagged: params.tagged,
      onlyMedia: params.only_media,
      excludeReplies: params.exclude_replies,
      excludeReblogs: params.exclude_reblogs,
      excludeDirect: params.exclude_direct,
    })
    return pageReply(call, await renderStatuses(ctx, viewer, ids), {
      window,
      cursors: cursorsOf(ids, (id) => id),
      keep: KEPT,
      mode: 'full-page',
      prev: 'min_id',
      count: ids.length,
    })
  },
})
