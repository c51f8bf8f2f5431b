import type { WebPushSubscriptionRow } from '@anancus/db'
import type { WebPushSubscription } from '../../entities/types/index.ts'
import type { Config } from '../../kernel/config.ts'
import { pushDataOf } from './subscription-data.ts'

/** @see https://docs.joinmastodon.org/entities/WebPushSubscription/ */
export function pushSubscriptionJson(
  config: Pick<Config, 'env'>,
  row: WebPushSubscriptionRow,
): WebPushSubscription {
  const { policy, alerts } = pushDataOf(row)
  return {
    id: Number(row.id),
    endpoint: row.endpoint,
    standard: row.standard,
    alerts,
    server_key: config.env.VAPID_PUBLIC_KEY ?? '',
    policy,
  }
}
