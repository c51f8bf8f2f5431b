import {
  changeTokenSubscription,
  getTokenSubscription,
  pushSubscriptionJson,
  subscribeToken,
  unsubscribeToken,
} from '@anancus/core/domain/push'
import { z } from 'zod'
import { noParams, required } from '../../../http/params.ts'
import { done, ok } from '../../../http/reply.ts'
import { user, userRoute } from '../../../http/route.ts'
import { dataParam, subscriptionOf, subscriptionParam } from './push-params.ts'

const path = '/api/v1/push/subscription'
const auth = user('push')
const answers = 'WebPushSubscription'

/** @see https://docs.joinmastodon.org/methods/push/#get */
const showSubscription = userRoute({
  method: 'get',
  path,
  auth,
  params: noParams,
  answers,
  summary: 'The push subscription of this token.',
  async handle({ ctx, token }) {
    return ok(pushSubscriptionJson(ctx.config, await getTokenSubscription(ctx, token.id)))
  },
})

/** @see https://docs.joinmastodon.org/methods/push/#create */
const createSubscription = userRoute({
  method: 'post',
  path,
  auth,
  params: z.object({ subscription: required(subscriptionParam), data: dataParam }),
  answers,
  summary: 'Subscribes this token to push messages, in place of what it had.',
  async handle({ ctx, viewer, token, params }) {
    const wanted = subscriptionOf(params.subscription)
    const row = await subscribeToken(ctx, viewer, token.id, wanted, params.data)
    return ok(pushSubscriptionJson(ctx.config, row))
  },
})

/** @see https://docs.joinmastodon.org/methods/push/#update */
const updateSubscription = userRoute({
  method: 'put',
  path,
  auth,
  params: z.object({ data: dataParam }),
  answers,
  summary: 'Replaces what is pushed to this token.',
  async handle({ ctx, token, params }) {
    return ok(pushSubscriptionJson(ctx.config, await changeTokenSubscription(ctx, token.id, params.data)))
  },
})

/** @see https://docs.joinmastodon.org/methods/push/#delete */
const deleteSubscription = userRoute({
  method: 'delete',
  path,
  auth,
  params: noParams,
  answers: 'empty',
  summary: 'Ends the push subscription of this token.',
  async handle({ ctx, token }) {
    await unsubscribeToken(ctx, token.id)
    return done()
  },
})

export const pushSubscriptionRoutes = [
  showSubscription,
  createSubscription,
  updateSubscription,
  deleteSubscription,
]
