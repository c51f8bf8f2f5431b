import { createList, deleteList, editList, getList, listLists } from '@anancus/core/domain/timelines'
import { listJson } from '@anancus/core/entities'
import { z } from 'zod'
import {
  booleanParam,
  idParam,
  noParams,
  nullableStringParam,
  required,
  stringParam,
} from '../../http/params.ts'
import { done, ok } from '../../http/reply.ts'
import { type Route, user, userRoute } from '../../http/route.ts'
import { addMembers, members, removeMembers } from './lists/accounts.ts'

const path = '/api/v1/lists'
const one = `${path}/:id`

const fields = { title: stringParam, replies_policy: nullableStringParam, exclusive: booleanParam }
const schema = z.object(fields)

const changeOf = ({ title, replies_policy, exclusive }: z.output<typeof schema>) => ({
  title,
  repliesPolicy: replies_policy,
  exclusive,
})

/** @see https://docs.joinmastodon.org/methods/lists/#get */
const lists = userRoute({
  method: 'get',
  path,
  auth: user('read:lists'),
  params: noParams,
  summary: 'Lists of the user.',
  answers: ['List'],
  async handle({ ctx, viewer }) {
    return ok((await listLists(ctx, viewer)).map(listJson))
  },
})

/** @see https://docs.joinmastodon.org/methods/lists/#create */
const makeList = userRoute({
  method: 'post',
  path,
  auth: user('write:lists'),
  params: z.object({ ...fields, title: required(stringParam) }),
  summary: 'Makes a list.',
  answers: 'List',
  async handle({ ctx, viewer, params }) {
    return ok(listJson(await createList(ctx, viewer.account, changeOf(params))))
  },
})

/** @see https://docs.joinmastodon.org/methods/lists/#get-one */
const showList = userRoute({
  method: 'get',
  path: one,
  auth: user('read:lists'),
  params: z.object({ id: idParam }),
  summary: 'One list.',
  answers: 'List',
  async handle({ ctx, viewer, params }) {
    return ok(listJson(await getList(ctx, viewer, params.id)))
  },
})

/** @see https://docs.joinmastodon.org/methods/lists/#update */
const updateList = userRoute({
  method: 'put',
  path: one,
  auth: user('write:lists'),
  params: z.object({ id: idParam, ...fields }),
  summary: 'Changes a list.',
  answers: 'List',
  async handle({ ctx, viewer, params }) {
    return ok(listJson(await editList(ctx, viewer.account, params.id, changeOf(params))))
  },
})

/** @see https://docs.joinmastodon.org/methods/lists/#delete */
const removeList = userRoute({
  method: 'delete',
  path: one,
  auth: user('write:lists'),
  params: z.object({ id: idParam }),
  summary: 'Deletes a list.',
  answers: 'empty',
  async handle({ ctx, viewer, params }) {
    await deleteList(ctx, viewer.account, params.id)
    return done()
  },
})

/** `/api/v1/lists` and all below it. */
export const listRoutes: readonly Route[] = [
  lists,
  makeList,
  showList,
  updateList,
  removeList,
  members,
  addMembers,
  removeMembers,
]
