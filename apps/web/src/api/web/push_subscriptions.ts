import {
  changeUserSubscription,
  pushSubscriptionJson,
  subscribeSession,
  unsubscribeByToken,
} from '@anancus/core/domain/push'
import { UserRequiredError } from '@anancus/core/kernel/errors'
import { z } from 'zod'
import { idParam, required, stringParam } from '../../http/params.ts'
import { nothing, ok } from '../../http/reply.ts'
import { anyone, route, userRoute } from '../../http/route.ts'
import { signedIn } from '../../http/session.ts'
import { dataParam, requiredData, subscriptionOf, subscriptionParam } from '../v1/push/push-params.ts'

const createSubscription = userRoute({
  method: 'post',
  path: '/api/web/push_subscriptions',
  auth: { kind: 'session' },
  params: z.object({ subscription: required(subscriptionParam), data: dataParam }),
  answers: 'WebPushSubscription',
  summary: 'Subscribes this browser to push messages.',
  async handle({ ctx, viewer, params, req }) {
    const who = await signedIn(ctx, req)
    if (!who) throw new UserRequiredError()
    const wanted = subscriptionOf(params.subscription)
    const row = await subscribeSession(ctx, viewer, who.session, wanted, params.data)
    return ok(pushSubscriptionJson(ctx.config, row))
  },
})

const updateSubscription = userRoute({
  method: 'put',
  path: '/api/web/push_subscriptions/:id',
  auth: { kind: 'session' },
  params: z.object({ id: idParam, data: required(dataParam) }),
  answers: 'WebPushSubscription',
  summary: 'Replaces what is pushed to a browser of the user.',
  async handle({ ctx, viewer, params }) {
    const row = await changeUserSubscription(ctx, viewer, params.id, requiredData(params.data))
    return ok(pushSubscriptionJson(ctx.config, row))
  },
})

/** Push services call this, where nobody is signed in: the signed token in the path is all that counts. */
const unsubscribe = route({
  method: 'delete',
  path: '/api/web/push_subscriptions/:id',
  auth: anyone(),
  params: z.object({ id: stringParam }),
  answers: 'nothing',
  isExemptFromLockdown: true,
  summary: 'Ends the push subscription that an unsubscribe token names.',
  async handle({ ctx, params }) {
    await unsubscribeByToken(ctx, params.id ?? '')
    return nothing(200)
  },
})

export const webPushSubscriptionRoutes = [createSubscription, updateSubscription, unsubscribe]
