import type { DeliveryRow } from '@anancus/db/queries/deliveries'
import { fourthPowerSeconds, type JobRun } from '../../jobs/index.ts'
import type { Ctx } from '../../kernel/context.ts'
import { PermanentJobError, RemoteServerError } from '../../kernel/errors.ts'
import {
  checksUntil,
  type EventOutcome,
  type FederationEvent,
  reasonCode,
  recordEvent,
  type RetryPlan,
} from './flight-recorder/index.ts'

/** What a delivery is asked before and after it is made, in this order. */
export const DELIVERY_CHECKS = [
  'body_kept',
  'host_available',
  'host_allowed',
  'answered',
  'accepted',
] as const
export type DeliveryCheck = (typeof DELIVERY_CHECKS)[number]

export interface DeliveryPayload {
  bodyId: string
  inboxUrl: string
  signerId: string
}

/** How a delivery ended; without `failed` it was accepted. */
export interface DeliveryEnd {
  outcome: EventOutcome
  answer: number | null
  failed?: { check: DeliveryCheck; reason: string; detail?: string }
  retry?: RetryPlan
}

/** Puts a delivery into the flight recorder: what it was and how it ended, never what was in it. */
export async function recordDelivery(
  ctx: Ctx,
  payload: DeliveryPayload,
  delivery: Pick<DeliveryRow, 'body'> | null,
  end: DeliveryEnd,
): Promise<void> {
  const { bodyId, inboxUrl, signerId } = payload
  const event: FederationEvent = {
    direction: 'out',
    host: URL.parse(inboxUrl)?.host ?? '',
    ...namesOf(delivery?.body ?? '{}'),
    inbox: inboxUrl,
    checks: checksUntil(DELIVERY_CHECKS, end.failed),
    outcome: end.outcome,
    answer: end.answer,
    retry: end.retry ?? null,
    replay: delivery ? { kind: 'delivery', bodyId, inboxUrl, signerId } : null,
  }
  await recordEvent(ctx, event)
}

/** How a delivery that threw ended, and when it comes again. */
export function endOfFailure(error: unknown, run: JobRun): DeliveryEnd {
  const { status = null, words } = factsOf(error)
  const isLast = error instanceof PermanentJobError || run.attempt >= run.attempts
  return {
    outcome: isLast ? 'given_up' : 'retrying',
    answer: status,
    failed: {
      check: status === null ? 'answered' : 'accepted',
      reason: status === null ? reasonCode(words) : `status_${status}`,
      detail: words,
    },
    ...(isLast ? {} : { retry: planOf(error, run) }),
  }
}

/** When a job that failed comes again, at the soonest. */
export function planOf(error: unknown, run: JobRun): RetryPlan {
  const asked = error instanceof RemoteServerError ? (error.retryAfterSeconds ?? 0) : 0
  return { ...run, inSeconds: Math.max(asked, fourthPowerSeconds(run.attempt)) }
}

function factsOf(error: unknown): { status?: number; words: string } {
  if (error instanceof PermanentJobError && error.cause) return factsOf(error.cause)
  if (error instanceof RemoteServerError)
    return { words: error.reason, ...(error.status === undefined ? {} : { status: error.status }) }
  return { words: error instanceof Error ? error.message : String(error) }
}

function namesOf(body: string): { activity: string | null; type: string | null; actor: string | null } {
  const { id, type, actor } = JSON.parse(body) as Record<string, unknown>
  const text = (value: unknown) => (typeof value === 'string' ? value : null)
  return { activity: text(id), type: text(type), actor: text(actor) }
}
