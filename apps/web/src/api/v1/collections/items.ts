import {
  addCollectionItem,
  removeCollectionItem,
  revokeCollectionItem,
} from '@anancus/core/domain/collections'
import { collectionItemJson } from '@anancus/core/entities'
import { NotFoundError, ValidationError } from '@anancus/core/kernel/errors'
import { isId } from '@anancus/core/kernel/ids'
import { z } from 'zod'
import { idParam, required, stringParam } from '../../../http/params.ts'
import { nothing, ok } from '../../../http/reply.ts'
import { user, userRoute } from '../../../http/route.ts'

const path = '/api/v1/collections/:id/items'
const auth = user('write:collections')

/** @see https://docs.joinmastodon.org/methods/collections/#add-item */
export const addItem = userRoute({
  method: 'post',
  path,
  auth,
  params: z.object({ id: idParam, account_id: required(stringParam) }),
  summary: 'Adds an account to a collection, or asks it.',
  answers: 'CollectionItemAnswer',
  alsoAnswers: { 422: 'CollectionError' },
  async handle({ ctx, viewer, params }) {
    const { id, account_id: accountId } = params
    if (!accountId?.trim()) throw new ValidationError('`account_id` parameter is missing')
    if (!isId(accountId)) throw new NotFoundError()
    const item = await addCollectionItem(ctx, viewer, id, accountId)
    return ok({ collection_item: collectionItemJson(item) })
  },
})

/** @see https://docs.joinmastodon.org/methods/collections/#remove-item */
export const removeItem = userRoute({
  method: 'delete',
  path: `${path}/:item_id`,
  auth,
  params: z.object({ id: idParam, item_id: idParam }),
  summary: 'Takes an account out of a collection.',
  answers: 'nothing',
  async handle({ ctx, viewer, params }) {
    await removeCollectionItem(ctx, viewer, params.id, params.item_id)
    return nothing()
  },
})

/** @see https://docs.joinmastodon.org/methods/collections/#revoke */
export const revokeItem = userRoute({
  method: 'post',
  path: `${path}/:item_id/revoke`,
  auth,
  params: z.object({ id: idParam, item_id: idParam }),
  summary: 'Takes back one’s consent to be in a collection.',
  answers: 'nothing',
  async handle({ ctx, viewer, params }) {
    await revokeCollectionItem(ctx, viewer, params.id, params.item_id)
    return nothing()
  },
})
