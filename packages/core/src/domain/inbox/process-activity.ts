import { accountById } from '@anancus/db/queries/accounts'
import { listOf, isDocument, typeAmong } from '../../activitypub/parse/values.ts'
import { parseDocument } from '../../activitypub/transport/json.ts'
import { COLLECTION_TYPES, type Document, ORDERED_COLLECTION_TYPES } from '../../activitypub/vocabulary.ts'
import type { Ctx } from '../../kernel/context.ts'
import { RequestError } from '../../kernel/errors.ts'
import { counter } from '../../kernel/metrics.ts'
import { fetchBudget } from '../accounts/index.ts'
import { handlerFor } from './dispatch.ts'
import { forwardActivity, forwardTargets } from './forward-activity.ts'
import type { Arrival } from './handler.ts'
import { MAX_OBJECTS } from './limits.ts'
import { combined, ignored, type Outcome, rejected } from './outcome.ts'
import { type Recorded, verifyActivity } from './verify-activity.ts'

const outcomes = counter('inbox_activities_total', 'Incoming activities by type and what became of them.', [
  'type',
  'outcome',
])

/**
 * Processes one incoming activity: verifies it if the door could not, and hands it to the rule it calls for. What
 * must not be done is counted and forgotten; only what may go better later is thrown.
 *
 * @throws RemoteServerError another server did not answer
 */
export async function processActivity(
  ctx: Ctx,
  payload: Recorded & { inboxOwnerId: string | null },
): Promise<Outcome> {
  const document = parseDocument(payload.body)
  if (!document) return ignored('not a JSON object')
  const arrival: Arrival = {
    inboxOwner: payload.inboxOwnerId === null ? null : await accountById(ctx.db, payload.inboxOwnerId),
    bringerId: payload.signerId,
    budget: fetchBudget(),
  }
  const results: Outcome[] = []
  for (const item of activitiesIn(document)) results.push(await processOne(ctx, payload, item, arrival))
  return combined(results)
}

/** The activity, or those of a collection, the oldest (the last) first. */
function activitiesIn(document: Document): Document[] {
  const isOrdered = typeAmong(document, ORDERED_COLLECTION_TYPES) !== null
  if (!isOrdered && typeAmong(document, COLLECTION_TYPES) === null) return [document]
  const items = listOf(isOrdered ? document.orderedItems : document.items, MAX_OBJECTS).filter(isDocument)
  return items.reverse().map((item) => ({ '@context': document['@context'], ...item }))
}

async function processOne(
  ctx: Ctx,
  recorded: Recorded,
  document: Document,
  arrival: Arrival,
): Promise<Outcome> {
  const verified = await verifyActivity(ctx, recorded, document, arrival.budget)
  if ('kind' in verified) return note(ctx, String(document.type), verified)
  const { activity, actor } = verified
  const handle = handlerFor(activity.type)
  if (!handle) return note(ctx, activity.type, ignored('a type we do nothing with'), actor.uri)
  try {
    // A deletion takes along what says who is to hear of it.
    const before = activity.type === 'Delete' ? await forwardTargets(ctx, activity) : []
    const outcome = await handle(ctx, activity, actor, arrival)
    if (outcome.kind === 'processed') await forwardActivity(ctx, recorded.body, activity, actor, before)
    return note(ctx, activity.type, outcome, actor.uri)
  } catch (error) {
    // A rule of ours said no, as it would to a user of ours; asking again would not change that.
    if (!(error instanceof RequestError)) throw error
    return note(ctx, activity.type, rejected(error.message), actor.uri)
  }
}

function note(ctx: Ctx, type: string, outcome: Outcome, actor?: string): Outcome {
  outcomes.inc({ type: handlerFor(type) ? type : 'other', outcome: outcome.kind })
  const reason = outcome.kind === 'processed' ? undefined : outcome.reason
  ctx.log.info({ type: type.slice(0, 100), actor, outcome: outcome.kind, reason }, 'activity received')
  return outcome
}
