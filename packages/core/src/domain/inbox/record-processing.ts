import { isDocument, listOf } from '../../activitypub/parse/values.ts'
import { parseDocument } from '../../activitypub/transport/json.ts'
import type { Document } from '../../activitypub/vocabulary.ts'
import { type JobRun, ONLY_RUN } from '../../jobs/index.ts'
import type { Ctx } from '../../kernel/context.ts'
import { PermanentJobError, RemoteServerError } from '../../kernel/errors.ts'
import {
  type Check,
  type FederationEvent,
  normalDomain,
  planOf,
  reasonCode,
  recordEvent,
  type Replay,
} from '../federation/index.ts'
import type { Outcome } from './outcome.ts'
import { processActivity } from './process-activity.ts'
import { keyIdOf, namesOf } from './record-arrival.ts'
import type { Recorded } from './verify-activity.ts'

type Payload = Recorded & { inboxOwnerId: string | null }

const PUBLIC = new Set(['https://www.w3.org/ns/activitystreams#Public', 'as:Public', 'Public'])
const MAX_ADDRESSED = 100

/**
 * Processes one incoming activity, and puts into the flight recorder what became of it: which check said no and why, or
 * when it is tried again.
 *
 * @param run which try this is
 * @throws RemoteServerError another server did not answer
 */
export async function receiveActivity(ctx: Ctx, payload: Payload, run: JobRun = ONLY_RUN): Promise<Outcome> {
  try {
    const outcome = await processActivity(ctx, payload)
    await record(ctx, payload, { outcome: outcome.kind, checks: checksOf(outcome), retry: null })
    return outcome
  } catch (error) {
    const isLast = error instanceof PermanentJobError || run.attempt >= run.attempts
    await record(ctx, payload, {
      outcome: isLast ? 'given_up' : 'retrying',
      checks: [checkOf(error)],
      retry: isLast ? null : planOf(error, run),
    })
    throw error
  }
}

async function record(
  ctx: Ctx,
  payload: Payload,
  end: Pick<FederationEvent, 'outcome' | 'checks' | 'retry'>,
): Promise<void> {
  const document = parseDocument(payload.body)
  const names = namesOf(document)
  await recordEvent(ctx, {
    direction: 'in',
    host: hostOf(payload, names.actor),
    ...names,
    inbox: null,
    answer: null,
    ...end,
    replay: document && isForEverybody(document) ? replayOf(payload) : null,
  })
}

/** Verified at the door, the signer's host is the actor's but for what is forwarded; the key id says it otherwise. */
function hostOf({ request }: Payload, actor: string | null): string {
  const headers = request === null ? {} : (JSON.parse(request) as { headers: Record<string, string> }).headers
  return normalDomain(URL.parse(keyIdOf({ headers }) || (actor ?? ''))?.host ?? '')
}

function replayOf({ body, signerId, request, receivedAt, inboxOwnerId }: Payload): Replay {
  return { kind: 'activity', body, signerId, request, receivedAt, inboxOwnerId }
}

/** Whether an activity and what is in it are addressed to everybody: nothing else is kept. */
function isForEverybody(document: Document): boolean {
  const objects = listOf(document.object, MAX_ADDRESSED).filter(isDocument)
  return isPublic(document) && objects.every((object) => !isAddressed(object) || isPublic(object))
}

function isPublic(document: Document): boolean {
  return [document.to, document.cc].some((field) =>
    listOf(field, MAX_ADDRESSED).some((entry) => typeof entry === 'string' && PUBLIC.has(entry)),
  )
}

function isAddressed(document: Document): boolean {
  return document.to !== undefined || document.cc !== undefined
}

function checksOf(outcome: Outcome): Check[] {
  if (outcome.kind === 'processed') return [{ check: 'rules', passed: true }]
  return [{ check: 'rules', passed: false, reason: reasonCode(outcome.reason), detail: outcome.reason }]
}

function checkOf(error: unknown): Check {
  if (error instanceof RemoteServerError)
    return {
      check: 'remote_answered',
      passed: false,
      reason: reasonCode(error.reason),
      detail: `${error.host}: ${error.reason}`,
    }
  // What went wrong inside is for the log; it may say more than is meant for this page.
  return { check: 'worked', passed: false, reason: 'internal_error' }
}
