import { addListMembers, getList, listMembers, removeListMembers } from '@anancus/core/domain/timelines'
import { renderAccounts } from '@anancus/core/entities'
import { NotFoundError } from '@anancus/core/kernel/errors'
import { isId } from '@anancus/core/kernel/ids'
import { z } from 'zod'
import { cursorsOf, pageReply } from '../../../http/pagination.ts'
import { arrayParam, idParam, idsParam, windowOf, windowParams } from '../../../http/params.ts'
import { done } from '../../../http/reply.ts'
import { user, userRoute } from '../../../http/route.ts'

const path = '/api/v1/lists/:id/accounts'

/** @see https://docs.joinmastodon.org/methods/lists/#accounts */
export const members = userRoute({
  method: 'get',
  path,
  auth: user('read:lists'),
  params: z.object({ id: idParam, ...windowParams(40, 80) }),
  summary: 'Accounts on a list; all of them with `limit=0`.',
  answers: ['Account'],
  async handle(call) {
    const { ctx, viewer, params } = call
    const list = await getList(ctx, viewer, params.id)
    const window = windowOf({ ...params, min_id: undefined })
    const ids = await listMembers(ctx, list, window)
    return pageReply(call, await renderAccounts(ctx, viewer, ids), {
      window,
      cursors: window.limit === 0 ? null : cursorsOf(ids, (id) => id),
      mode: 'full-page',
      prev: 'since_id',
      count: ids.length,
    })
  },
})

/** @see https://docs.joinmastodon.org/methods/lists/#accounts-add */
export const addMembers = userRoute({
  method: 'post',
  path,
  auth: user('write:lists'),
  params: z.object({ id: idParam, account_ids: arrayParam() }),
  summary: 'Puts accounts on a list.',
  answers: 'empty',
  async handle({ ctx, viewer, params }) {
    const list = await getList(ctx, viewer, params.id)
    const ids = params.account_ids ?? []
    if (!ids.every(isId)) throw new NotFoundError()
    await addListMembers(ctx, list, ids)
    return done()
  },
})

/** @see https://docs.joinmastodon.org/methods/lists/#accounts-remove */
export const removeMembers = userRoute({
  method: 'delete',
  path,
  auth: user('write:lists'),
  params: z.object({ id: idParam, account_ids: idsParam() }),
  summary: 'Takes accounts off a list.',
  answers: 'empty',
  async handle({ ctx, viewer, params }) {
    const list = await getList(ctx, viewer, params.id)
    await removeListMembers(ctx, list, params.account_ids ?? [])
    return done()
  },
})
