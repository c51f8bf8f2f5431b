import type { AccountRow, StatusRow } from '@anancus/db'
import type { AskedQuote } from '../../activitypub/render/index.ts'
import { httpUri, idOf, isDocument, isSameOrigin } from '../../activitypub/parse/values.ts'
import type { Ctx } from '../../kernel/context.ts'
import {
  allowQuote,
  judgeQuoteRequest,
  knownStatus,
  localStatusByUri,
  refuseQuote,
  storeRemoteStatus,
} from '../statuses/index.ts'
import { draftOf, fetchOwn } from './create.ts'
import type { Arrival, InboxHandler, VerifiedActivity } from './handler.ts'
import { ignored, processed, rejected } from './outcome.ts'

/**
 * Somebody asks to quote a status of ours. Whom its author lets, gets an authorisation, all others are refused. Before
 * anything is allowed, the quoting status has to be there, by the one who asks, and has to quote it.
 *
 * @see https://codeberg.org/fediverse/fep/src/branch/main/fep/044f
 */
export const receiveQuoteRequest: InboxHandler = async (ctx, activity, actor, arrival) => {
  const quotedUri = idOf(activity.object)
  const quoted = quotedUri === null ? null : await localStatusByUri(ctx, quotedUri)
  if (!quoted || quotedUri === null) return ignored('the object is not ours')
  const quotingUri = httpUri(activity.document.instrument)
  if (activity.id === null || quotingUri === null) return ignored('nothing to answer to')
  if (!isSameOrigin(quotingUri, actor.uri)) return rejected('the quoting status is of another house')
  const asked: AskedQuote = { id: activity.id, actor: actor.uri, quotedUri, quotingUri }
  const decision = await judgeQuoteRequest(ctx, actor, quoted)
  if (decision === 'unseen') return ignored('a status that the actor does not see')
  if (decision === 'manual' || decision === 'unknown') return ignored('waits for its author')
  const isAllowed = decision === 'automatic' && (await allow(ctx, activity, actor, arrival, quoted, asked))
  if (isAllowed) return processed()
  await refuseQuote(ctx, actor, quoted, await knownStatus(ctx, quotingUri), asked)
  return decision === 'denied' ? processed() : rejected('the status does not quote that one')
}

async function allow(
  ctx: Ctx,
  activity: VerifiedActivity,
  actor: AccountRow,
  arrival: Arrival,
  quoted: StatusRow,
  asked: AskedQuote,
): Promise<boolean> {
  const quoting =
    (await knownStatus(ctx, asked.quotingUri)) ?? (await storeQuoting(ctx, activity, actor, arrival, asked))
  return quoting !== null && allowQuote(ctx, actor, quoted, quoting, asked)
}

/** The quoting status as it was sent along, else from its own server. It may be older than its Create here. */
async function storeQuoting(
  ctx: Ctx,
  activity: VerifiedActivity,
  actor: AccountRow,
  arrival: Arrival,
  asked: AskedQuote,
): Promise<StatusRow | null> {
  const { instrument } = activity.document
  const isWhole = isDocument(instrument) && instrument.attributedTo !== undefined
  const document = isWhole ? instrument : await fetchOwn(ctx, asked.quotingUri, actor, arrival)
  const draft = document && draftOf(ctx, activity, actor, document)
  if (!draft || draft.uri !== asked.quotingUri || !draft.authors.includes(actor.uri)) return null
  return storeRemoteStatus(ctx, actor, draft, {
    inboxOwner: arrival.inboxOwner,
    budget: arrival.budget,
    distribute: true,
  })
}
