import {
  addFilteredStatus,
  getFilter,
  getFilteredStatus,
  removeFilteredStatus,
} from '@anancus/core/domain/filters'
import { findVisibleStatus } from '@anancus/core/domain/statuses'
import { isId } from '@anancus/core/kernel/ids'
import { z } from 'zod'
import { idParam, required, stringParam } from '../../../http/params.ts'
import { done, ok } from '../../../http/reply.ts'
import { user, userRoute } from '../../../http/route.ts'

const ofFilter = '/api/v2/filters/:filter_id/statuses'
const one = '/api/v2/filters/statuses/:id'

/** @see https://docs.joinmastodon.org/methods/filters/#statuses-get */
const statuses = userRoute({
  method: 'get',
  path: ofFilter,
  auth: user('read:filters'),
  params: z.object({ filter_id: idParam }),
  summary: 'Statuses that a filter names.',
  answers: ['FilterStatus'],
  async handle({ ctx, viewer, params }) {
    return ok((await getFilter(ctx, viewer, params.filter_id)).statuses)
  },
})

/** @see https://docs.joinmastodon.org/methods/filters/#statuses-add */
const addStatus = userRoute({
  method: 'post',
  path: ofFilter,
  auth: user('write:filters'),
  params: z.object({ filter_id: idParam, status_id: required(stringParam) }),
  summary: 'Adds a status to a filter.',
  answers: 'FilterStatus',
  async handle({ ctx, viewer, params }) {
    const { account } = viewer
    const id = params.status_id
    const found = isId(id) ? await findVisibleStatus(ctx, account.id, id) : null
    return ok(await addFilteredStatus(ctx, account, params.filter_id, found?.status ?? null))
  },
})

/** @see https://docs.joinmastodon.org/methods/filters/#statuses-get-one */
const showStatus = userRoute({
  method: 'get',
  path: one,
  auth: user('read:filters'),
  params: z.object({ id: idParam }),
  summary: 'One status that a filter names.',
  answers: 'FilterStatus',
  async handle({ ctx, viewer, params }) {
    return ok(await getFilteredStatus(ctx, viewer, params.id))
  },
})

/** @see https://docs.joinmastodon.org/methods/filters/#statuses-remove */
const removeStatus = userRoute({
  method: 'delete',
  path: one,
  auth: user('write:filters'),
  params: z.object({ id: idParam }),
  summary: 'Takes a status out of a filter.',
  answers: 'empty',
  async handle({ ctx, viewer, params }) {
    await removeFilteredStatus(ctx, viewer.account, params.id)
    return done()
  },
})

export const filteredStatusRoutes = [statuses, addStatus, showStatus, removeStatus]
