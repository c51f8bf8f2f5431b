import {
  deletePushSubscription,
  findPushTarget,
  type PushTarget,
} from '@anancus/db/queries/push-subscriptions'
import { loadGraph } from '../../graph/index.ts'
import type { Ctx } from '../../kernel/context.ts'
import { PermanentJobError, RemoteServerError } from '../../kernel/errors.ts'
import type { IncomingResponse } from '../../kernel/http-client.ts'
import {
  areUsableKeys,
  encryptPush,
  joinHeaders,
  type VapidKeys,
  vapidHeaders,
} from '../../kernel/web-push.ts'
import { getSetting } from '../settings/index.ts'
import { notePushFailure, notePushSuccess } from './endpoint-state.ts'
import {
  MAX_PUSH_ANSWER_BYTES,
  MAX_RETRY_AFTER_SECONDS,
  PUSH_DEADLINE_MS,
  PUSH_TTL_SECONDS,
  PUSH_URGENCY,
} from './limits.ts'
import { type PushMessage, pushMessage } from './push-message.ts'
import { pushDataOf, wantsPush } from './subscription-data.ts'
import { unsubscribeUrl } from './unsubscribe-url.ts'

/** Answers of the 4xx range that say "later"; every other one says that the subscription is no more. */
const RETRIED: ReadonlySet<number> = new Set([408, 429])

/**
 * Tells one device of one notification. What is gone, filtered, not wanted any more, or older than a push may be, ends
 * quietly; a subscription that the push service does not know, or that has failed for a week, is deleted.
 *
 * @throws PermanentJobError the push service may not be reached at all
 * @throws RemoteServerError no answer, or one that says to try again, `retryAfterSeconds` included
 * @see https://www.rfc-editor.org/rfc/rfc8030#section-5
 */
export async function sendPush(
  ctx: Ctx,
  payload: { subscriptionId: string; notificationId: string },
): Promise<void> {
  const keys = vapidKeysOf(ctx)
  const target = keys && (await findPushTarget(ctx.db, payload.subscriptionId, payload.notificationId))
  if (!keys || !target || isStale(ctx, target)) return
  const { subscription, notification } = target
  if (!areUsableKeys({ p256dh: subscription.key_p256dh, auth: subscription.key_auth }))
    return deletePushSubscription(ctx.db, subscription.id)
  if (!wantsPush(pushDataOf(subscription), notification.type ?? '', target)) return
  const graph = await loadGraph(ctx, target.recipient, { notifications: [notification] })
  const message = pushMessage(ctx.config, graph, target)
  if (message) await judge(ctx, target, await post(ctx, target, message, keys))
}

function vapidKeysOf({ config }: Ctx): VapidKeys | null {
  const { VAPID_PUBLIC_KEY: publicKey, VAPID_PRIVATE_KEY: privateKey } = config.env
  return publicKey && privateKey ? { publicKey: unpadded(publicKey), privateKey: unpadded(privateKey) } : null
}

/** Mastodon writes its keys with padding. */
function unpadded(key: string): string {
  return Buffer.from(key, 'base64url').toString('base64url')
}

function isStale(ctx: Ctx, { notification }: PushTarget): boolean {
  return ctx.clock.now().getTime() - notification.updated_at.getTime() > PUSH_TTL_SECONDS * 1000
}

async function post(
  ctx: Ctx,
  { subscription }: PushTarget,
  message: PushMessage,
  keys: VapidKeys,
): Promise<IncomingResponse> {
  const endpoint = URL.parse(subscription.endpoint)
  if (!endpoint || !/^https?:$/.test(endpoint.protocol))
    throw new PermanentJobError('the endpoint is not a web address')
  const { standard, key_p256dh: p256dh, key_auth: auth } = subscription
  const { body, headers } = await encryptPush(JSON.stringify(message), { p256dh, auth }, standard)
  const vapid = await vapidHeaders(endpoint, await subjectOf(ctx), keys, standard)
  try {
    return await ctx.http.request({
      method: 'POST',
      url: endpoint,
      headers: {
        ...joinHeaders(headers, vapid),
        ttl: String(PUSH_TTL_SECONDS),
        urgency: PUSH_URGENCY,
        'unsubscribe-url': unsubscribeUrl(ctx, subscription.id),
      },
      body,
      deadlineMs: PUSH_DEADLINE_MS,
      maxBytes: MAX_PUSH_ANSWER_BYTES,
    })
  } catch (error) {
    await failed(ctx, subscription.id)
    if (error instanceof RemoteServerError && !error.retryable)
      throw new PermanentJobError(`${endpoint.host}: ${error.reason}`, error)
    throw error
  }
}

async function judge(ctx: Ctx, { subscription }: PushTarget, answer: IncomingResponse): Promise<void> {
  const { status, url } = answer
  if (status >= 200 && status < 300) return notePushSuccess(ctx, subscription.id)
  if (status >= 400 && status < 500 && !RETRIED.has(status))
    return deletePushSubscription(ctx.db, subscription.id)
  await failed(ctx, subscription.id)
  throw new RemoteServerError(url.host, `answered ${status}`, {
    status,
    retryable: true,
    ...retryAfter(answer.headers['retry-after']),
  })
}

/** A push service that is gone for good would otherwise be tried for ever, notification after notification. */
async function failed(ctx: Ctx, id: string): Promise<void> {
  if (await notePushFailure(ctx, id)) await deletePushSubscription(ctx.db, id)
}

function retryAfter(header: string | undefined): { retryAfterSeconds?: number } {
  if (header === undefined || !/^\d{1,9}$/.test(header)) return {}
  return { retryAfterSeconds: Math.min(Number(header), MAX_RETRY_AFTER_SECONDS) }
}

/** Whom a push service may write to about us. */
async function subjectOf(ctx: Ctx): Promise<string> {
  const email = await getSetting(ctx, 'site_contact_email')
  if (email.trim() !== '') return `mailto:${email.trim()}`
  const { baseUrl } = ctx.config
  return baseUrl.startsWith('https:') ? `${baseUrl}/` : `mailto:postmaster@${new URL(baseUrl).hostname}`
}
