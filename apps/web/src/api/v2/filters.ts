import { createFilter, deleteFilter, editFilter, getFilter, listFilters } from '@anancus/core/domain/filters'
import { ownFilterJson } from '@anancus/core/entities'
import { z } from 'zod'
import { arrayParam, idParam, noParams, required, stringParam } from '../../http/params.ts'
import { done, ok } from '../../http/reply.ts'
import { user, userRoute } from '../../http/route.ts'
import { filterChangeOf, filterParams } from '../filter-params.ts'

const path = '/api/v2/filters'
const one = `${path}/:id`

/** @see https://docs.joinmastodon.org/methods/filters/#get */
export const filters = userRoute({
  method: 'get',
  path,
  auth: user('read:filters'),
  params: noParams,
  summary: 'Filters of the user.',
  answers: ['OwnFilter'],
  async handle({ ctx, viewer }) {
    return ok((await listFilters(ctx, viewer)).map(ownFilterJson))
  },
})

/** @see https://docs.joinmastodon.org/methods/filters/#create */
export const makeFilter = userRoute({
  method: 'post',
  path,
  auth: user('write:filters'),
  params: z.object({ ...filterParams, title: required(stringParam), context: required(arrayParam()) }),
  summary: 'Makes a filter.',
  answers: 'OwnFilter',
  async handle({ ctx, viewer, params }) {
    return ok(ownFilterJson(await createFilter(ctx, viewer.account, filterChangeOf(params))))
  },
})

/** @see https://docs.joinmastodon.org/methods/filters/#get-one */
export const showFilter = userRoute({
  method: 'get',
  path: one,
  auth: user('read:filters'),
  params: z.object({ id: idParam }),
  summary: 'One filter.',
  answers: 'OwnFilter',
  async handle({ ctx, viewer, params }) {
    return ok(ownFilterJson(await getFilter(ctx, viewer, params.id)))
  },
})

/** @see https://docs.joinmastodon.org/methods/filters/#update */
export const updateFilter = userRoute({
  method: 'put',
  path: one,
  auth: user('write:filters'),
  params: z.object({ id: idParam, ...filterParams }),
  summary: 'Changes a filter and its keywords.',
  answers: 'OwnFilter',
  async handle({ ctx, viewer, params }) {
    return ok(ownFilterJson(await editFilter(ctx, viewer.account, params.id, filterChangeOf(params))))
  },
})

/** @see https://docs.joinmastodon.org/methods/filters/#delete */
export const removeFilter = userRoute({
  method: 'delete',
  path: one,
  auth: user('write:filters'),
  params: z.object({ id: idParam }),
  summary: 'Deletes a filter.',
  answers: 'empty',
  async handle({ ctx, viewer, params }) {
    await deleteFilter(ctx, viewer.account, params.id)
    return done()
  },
})
