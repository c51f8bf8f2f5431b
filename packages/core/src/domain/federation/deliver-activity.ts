import { type DeliveryRow, findDelivery } from '@anancus/db/queries/deliveries'
import { signerOf } from '../../activitypub/transport/keys.ts'
import { type PostOutcome, postActivity } from '../../activitypub/transport/post.ts'
import type { Ctx } from '../../kernel/context.ts'
import { PermanentJobError, RemoteServerError } from '../../kernel/errors.ts'
import { isDomainBlocked } from './domain-rules.ts'
import { markHostAlive, pauseOf, recordFailure } from './host-state.ts'
import { DELIVERY_DEADLINE_MS, MAX_ANSWER_BYTES, MAX_RETRY_AFTER_SECONDS } from './limits.ts'

const UNAUTHORIZED = 401
const RETRIED = new Set([UNAUTHORIZED, 408, 429])
const NOT_IMPLEMENTED = 501

/**
 * Posts one activity to one inbox. A delivery that nobody waits for any more (body or signer gone, host unavailable or
 * blocked) ends quietly.
 *
 * HOT PATH: delivery. Two statements, two Redis calls.
 *
 * @throws PermanentJobError the answer is final: 501 and 4xx but 401, 408, 429; or the inbox may not be reached at all
 * @throws RemoteServerError no answer, or one that says to try again, `retryAfterSeconds` included
 */
export async function deliverActivity(
  ctx: Ctx,
  payload: { bodyId: string; inboxUrl: string; signerId: string },
): Promise<void> {
  const inbox = URL.parse(payload.inboxUrl)
  if (!inbox) throw new PermanentJobError('the inbox is not a URL')
  const delivery = await findDelivery(ctx.db, payload.bodyId, payload.signerId, inbox.host)
  if (!delivery || (delivery.is_unavailable && !isOwnAct(delivery.body))) return
  if ((await isDomainBlocked(ctx, inbox.host)) && !isFarewell(delivery.body)) return
  await throwIfPaused(ctx, inbox)
  const outcome = await post(ctx, inbox, delivery)
  await judge(ctx, inbox, delivery, outcome)
}

/** What a person does to somebody there is tried even where broadcasts have been given up. */
function isOwnAct(body: string): boolean {
  return (JSON.parse(body) as { type?: string }).type === 'Follow'
}

/** The end of a follow is told even to a server that is blocked: it is the block that ends it. */
function isFarewell(body: string): boolean {
  const { type, object } = JSON.parse(body) as { type?: string; object?: { type?: string } }
  return (type === 'Reject' || type === 'Undo') && object?.type === 'Follow'
}

async function throwIfPaused(ctx: Ctx, inbox: URL): Promise<void> {
  const seconds = await pauseOf(ctx, inbox.href)
  if (seconds > 0) {
    throw new RemoteServerError(inbox.host, 'too many deliveries failed, waiting', {
      retryable: true,
      retryAfterSeconds: seconds,
    })
  }
}

async function post(ctx: Ctx, inbox: URL, delivery: DeliveryRow): Promise<PostOutcome> {
  const signer = signerOf(ctx.config, {
    id: delivery.signer_id,
    username: delivery.signer_username,
    domain: null,
    id_scheme: delivery.signer_id_scheme,
    uri: '',
    url: null,
    private_key: delivery.signer_private_key,
  })
  try {
    return await postActivity(ctx, signer, inbox, delivery.body, {
      deadlineMs: DELIVERY_DEADLINE_MS,
      maxAnswerBytes: MAX_ANSWER_BYTES,
    })
  } catch (error) {
    await recordFailure(ctx, inbox.href, inbox.host)
    if (error instanceof RemoteServerError && !error.retryable)
      throw new PermanentJobError(`${inbox.host}: ${error.reason}`, error)
    throw error
  }
}

/** A final refusal is a sign of life as well: the host is there, it only does not want this. */
async function judge(ctx: Ctx, inbox: URL, delivery: DeliveryRow, outcome: PostOutcome): Promise<void> {
  const { status } = outcome
  const isAccepted = status >= 200 && status < 300
  if (isAccepted || isFinal(status, delivery)) {
    await markHostAlive(ctx, inbox.host, delivery.is_unavailable, inbox.href)
    if (isAccepted) return
    throw new PermanentJobError(`${inbox.host} refused the activity with ${status}`)
  }
  await recordFailure(ctx, inbox.href, inbox.host)
  throw new RemoteServerError(inbox.host, `answered ${status}`, {
    status,
    retryable: true,
    ...retryAfter(outcome.retryAfter, ctx.clock.now()),
  })
}

function isFinal(status: number, delivery: DeliveryRow): boolean {
  if (status === UNAUTHORIZED && delivery.signer_suspended_at !== null) return true
  return status === NOT_IMPLEMENTED || (status >= 400 && status < 500 && !RETRIED.has(status))
}

/** Reads `Retry-After` in both its forms, cut to the longest pause granted. */
function retryAfter(header: string | undefined, now: Date): { retryAfterSeconds?: number } {
  if (!header) return {}
  const seconds = /^\d{1,9}$/.test(header)
    ? Number(header)
    : Math.ceil((Date.parse(header) - now.getTime()) / 1000)
  return seconds > 0 ? { retryAfterSeconds: Math.min(seconds, MAX_RETRY_AFTER_SECONDS) } : {}
}
