import { type DeliveryRow, findDelivery } from '@anancus/db/queries/deliveries'
import { signerOf } from '../../activitypub/transport/keys.ts'
import { type PostOutcome, postActivity } from '../../activitypub/transport/post.ts'
import { type JobRun, ONLY_RUN } from '../../jobs/index.ts'
import type { Ctx } from '../../kernel/context.ts'
import { DeferredJobError, PermanentJobError, RemoteServerError } from '../../kernel/errors.ts'
import {
  type DeliveryCheck,
  type DeliveryEnd,
  type DeliveryPayload,
  endOfFailure,
  recordDelivery,
} from './delivery-event.ts'
import { isDomainBlocked } from './domain-rules.ts'
import { followersHeader } from './followers-header.ts'
import { markHostAlive, pauseInbox, pauseOf, recordFailure } from './host-state.ts'
import { inTurn, noteAnswer } from './host-turns.ts'
import {
  DELIVERY_DEADLINE_MS,
  MAX_ANSWER_BYTES,
  MAX_PAUSE_SPREAD_MS,
  MAX_RETRY_AFTER_SECONDS,
} from './limits.ts'

const UNAUTHORIZED = 401
const RETRIED = new Set([UNAUTHORIZED, 408, 429])
const NOT_IMPLEMENTED = 501

/**
 * Posts one activity to one inbox. A delivery that nobody waits for any more (body or signer gone, host unavailable or
 * blocked) ends quietly. How it ended goes into the flight recorder.
 *
 * HOT PATH: delivery. Two statements, three Redis calls; one of each more for what goes to followers only.
 *
 * @param run which try this is
 * @throws PermanentJobError the answer is final: 501 and 4xx but 401, 408, 429; or the inbox may not be reached at all
 * @throws RemoteServerError no answer, or one that says to try again, `retryAfterSeconds` included
 * @throws DeferredJobError it is not its turn: the inbox has a pause, or enough deliveries to its host run
 */
export async function deliverActivity(
  ctx: Ctx,
  payload: DeliveryPayload,
  run: JobRun = ONLY_RUN,
): Promise<void> {
  const inbox = URL.parse(payload.inboxUrl)
  if (!inbox) throw new PermanentJobError('the inbox is not a URL')
  const delivery = await findDelivery(ctx.db, payload.bodyId, payload.signerId, inbox.host)
  const obstacle = delivery ? await obstacleTo(ctx, inbox, delivery) : 'body_kept'
  if (!delivery || obstacle) return recordDelivery(ctx, payload, delivery ?? null, dropped(obstacle))
  await throwIfPaused(ctx, inbox)
  const end = await inTurn(ctx, inbox.host, () => attempt(ctx, inbox, delivery, run))
  await recordDelivery(ctx, payload, delivery, end)
  if ('error' in end) throw end.error
}

/** Why nothing is to be sent there. */
async function obstacleTo(ctx: Ctx, inbox: URL, delivery: DeliveryRow): Promise<DeliveryCheck | null> {
  if (delivery.is_unavailable && !isOwnAct(delivery.body)) return 'host_available'
  return (await isDomainBlocked(ctx, inbox.host)) && !isFarewell(delivery.body) ? 'host_allowed' : null
}

const OBSTACLES: Partial<Record<DeliveryCheck, string>> = {
  body_kept: 'too_old_or_signer_gone',
  host_available: 'host_unavailable_for_days',
  host_allowed: 'domain_blocked',
}

function dropped(check: DeliveryCheck | null): DeliveryEnd {
  const failed = check ?? 'body_kept'
  return {
    outcome: 'dropped',
    answer: null,
    failed: { check: failed, reason: OBSTACLES[failed] ?? failed },
  }
}

/** Posts and judges; an error is part of the result, to be recorded before it is thrown. */
async function attempt(
  ctx: Ctx,
  inbox: URL,
  delivery: DeliveryRow,
  run: JobRun,
): Promise<DeliveryEnd | (DeliveryEnd & { error: unknown })> {
  try {
    const outcome = await post(ctx, inbox, delivery)
    await judge(ctx, inbox, delivery, outcome)
    return { outcome: 'delivered', answer: outcome.status }
  } catch (error) {
    return { ...endOfFailure(error, run), error }
  }
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
    const spread = Math.random() * MAX_PAUSE_SPREAD_MS
    throw new DeferredJobError(`${inbox.host} is left alone for a while`, seconds * 1000 + spread)
  }
}

async function post(ctx: Ctx, inbox: URL, delivery: DeliveryRow): Promise<PostOutcome> {
  const account = {
    id: delivery.signer_id,
    username: delivery.signer_username,
    domain: null,
    id_scheme: delivery.signer_id_scheme,
    uri: '',
    url: null,
    private_key: delivery.signer_private_key,
  }
  const signer = signerOf(ctx.config, account)
  const headers = await followersHeader(ctx, account, inbox, delivery.body)
  try {
    const outcome = await postActivity(ctx, signer, inbox, delivery.body, {
      deadlineMs: DELIVERY_DEADLINE_MS,
      maxAnswerBytes: MAX_ANSWER_BYTES,
      headers,
    })
    noteAnswer(inbox.host, true)
    return outcome
  } catch (error) {
    noteAnswer(inbox.host, false)
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
    throw new PermanentJobError(
      `${inbox.host} refused the activity with ${status}`,
      new RemoteServerError(inbox.host, `answered ${status}`, { status, retryable: false }),
    )
  }
  await recordFailure(ctx, inbox.href, inbox.host)
  const asked = retryAfter(outcome.retryAfter, ctx.clock.now())
  if (asked.retryAfterSeconds) await pauseInbox(ctx, inbox.href, asked.retryAfterSeconds)
  throw new RemoteServerError(inbox.host, `answered ${status}`, { status, retryable: true, ...asked })
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
