import type { PushDataParams, SubscriptionParams } from '@anancus/core/domain/push'
import { NOTIFICATION_TYPES } from '@anancus/core/entities/types'
import { BadRequestError } from '@anancus/core/kernel/errors'
import { booleanParam, hashParam, stringParam } from '../../../http/params.ts'

/** What a browser's `PushSubscription` says. */
export const subscriptionParam = hashParam({
  endpoint: stringParam,
  standard: booleanParam,
  keys: hashParam({ auth: stringParam, p256dh: stringParam }),
})

const alertShape = Object.fromEntries(NOTIFICATION_TYPES.map((type) => [type, booleanParam]))

/** What is to be pushed. */
export const dataParam = hashParam({ policy: stringParam, alerts: hashParam(alertShape) })

interface SentSubscription {
  endpoint?: string | undefined
  standard?: boolean | undefined
  keys?: { auth?: string | undefined; p256dh?: string | undefined } | undefined
}

/** @throws BadRequestError nothing was sent, or no keys with it */
export function subscriptionOf(sent: SentSubscription | undefined): SubscriptionParams {
  if (!sent || Object.values(sent).every((value) => value === undefined))
    throw BadRequestError.missing('subscription')
  if (!sent.keys) throw BadRequestError.missing('keys')
  return { endpoint: sent.endpoint, standard: sent.standard, ...sent.keys }
}

/** @throws BadRequestError nothing was sent */
export function requiredData(sent: PushDataParams | undefined): PushDataParams {
  if (!sent || Object.values(sent).every((value) => value === undefined))
    throw BadRequestError.missing('data')
  return sent
}
