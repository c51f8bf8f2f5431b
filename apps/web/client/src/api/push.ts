import type { NotificationType, WebPushSubscription } from '@anancus/core/entities/types'
import { del } from './request.ts'
import { sessionRequest } from './session-request.ts'

/** All that is about the reader; what is about the server is for those who look after it. */
const ALERTS: NotificationType[] = [
  'mention',
  'status',
  'reblog',
  'follow',
  'follow_request',
  'favourite',
  'poll',
  'update',
  'quote',
  'quoted_update',
  'severed_relationships',
  'moderation_warning',
  'annual_report',
  'added_to_collection',
  'collection_update',
]

export function saveSubscription(subscription: PushSubscription): Promise<WebPushSubscription> {
  const { endpoint, keys } = subscription.toJSON()
  return sessionRequest('POST', '/api/web/push_subscriptions', {
    subscription: { endpoint, keys, standard: true },
    data: { policy: 'all', alerts: Object.fromEntries(ALERTS.map((type) => [type, true])) },
  })
}

/** The server knows the subscription by the token of this session. */
export const deleteSubscription = () => del<object>('/api/v1/push/subscription')
