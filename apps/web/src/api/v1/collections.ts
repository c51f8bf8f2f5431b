import {
  type CollectionChange,
  createCollection as create,
  deleteCollection as remove,
  editCollection,
  getCollection,
} from '@anancus/core/domain/collections'
import { renderCollections, renderCollectionWithAccounts } from '@anancus/core/entities'
import type { Ctx } from '@anancus/core/kernel/context'
import { NotFoundError } from '@anancus/core/kernel/errors'
import { isId } from '@anancus/core/kernel/ids'
import type { Viewer } from '@anancus/core/kernel/viewer'
import { z } from 'zod'
import {
  arrayParam,
  booleanParam,
  idParam,
  nullableStringParam,
  required,
  stringParam,
} from '../../http/params.ts'
import { nothing, ok, type Reply } from '../../http/reply.ts'
import { optional, route, user, userRoute } from '../../http/route.ts'

const path = '/api/v1/collections'
const one = `${path}/:id`

const fields = {
  name: stringParam,
  description: nullableStringParam,
  language: nullableStringParam,
  sensitive: booleanParam,
  discoverable: booleanParam,
  tag_name: nullableStringParam,
}
const change = z.object(fields)

const changeOf = ({ tag_name, ...rest }: z.output<typeof change>): CollectionChange => ({
  ...rest,
  tagName: tag_name,
})

async function collectionReply(ctx: Ctx, viewer: Viewer, id: string): Promise<Reply> {
  const [collection] = await renderCollections(ctx, viewer, [id])
  if (!collection) throw new NotFoundError()
  return ok({ collection })
}

/** @see https://docs.joinmastodon.org/methods/collections/#get */
export const showCollection = route({
  method: 'get',
  path: one,
  auth: optional('read:collections'),
  params: z.object({ id: idParam }),
  cache: 'anonymous',
  summary: 'One collection with its owner and the accounts in it.',
  answers: 'CollectionWithAccounts',
  async handle({ ctx, viewer, params }) {
    const collection = await getCollection(ctx, viewer, params.id)
    return ok(await renderCollectionWithAccounts(ctx, viewer, collection.id))
  },
})

/** @see https://docs.joinmastodon.org/methods/collections/#create */
export const createCollection = userRoute({
  method: 'post',
  path,
  auth: user('write:collections'),
  params: z.object({
    ...fields,
    name: required(stringParam),
    sensitive: required(booleanParam),
    discoverable: required(booleanParam),
    account_ids: arrayParam(),
  }),
  summary: 'Makes a collection of accounts.',
  answers: 'CollectionAnswer',
  alsoAnswers: { 422: 'CollectionError' },
  async handle({ ctx, viewer, params }) {
    const { account_ids = [], ...rest } = params
    if (!account_ids.every(isId)) throw new NotFoundError()
    const collection = await create(ctx, viewer, changeOf(rest), account_ids)
    return collectionReply(ctx, viewer, collection.id)
  },
})

/** @see https://docs.joinmastodon.org/methods/collections/#update */
export const updateCollection = userRoute({
  method: 'put',
  path: one,
  auth: user('write:collections'),
  params: z.object({ id: idParam, ...fields }),
  summary: 'Changes what a collection says about itself.',
  answers: 'CollectionAnswer',
  alsoAnswers: { 422: 'CollectionError' },
  async handle({ ctx, viewer, params }) {
    const { id, ...rest } = params
    await editCollection(ctx, viewer, id, changeOf(rest))
    return collectionReply(ctx, viewer, id)
  },
})

/** @see https://docs.joinmastodon.org/methods/collections/#delete */
export const deleteCollection = userRoute({
  method: 'delete',
  path: one,
  auth: user('write:collections'),
  params: z.object({ id: idParam }),
  summary: 'Deletes a collection.',
  answers: 'nothing',
  async handle({ ctx, viewer, params }) {
    await remove(ctx, viewer, params.id)
    return nothing()
  },
})
