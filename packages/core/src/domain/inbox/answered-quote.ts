import type { AccountRow, QuoteRow } from '@anancus/db'
import { quoteBetween, quoteByRequest } from '@anancus/db/queries/quotes'
import { statusById } from '@anancus/db/queries/statuses'
import { idOf, isDocument, typesOf } from '../../activitypub/parse/values.ts'
import type { Ctx } from '../../kernel/context.ts'
import { knownStatus, localStatusByUri } from '../statuses/index.ts'
import type { VerifiedActivity } from './handler.ts'

/**
 * The quote in a status of ours that an Accept or Reject answers: by the id of our request, else by the two statuses it
 * names. Only the quoted author can answer.
 */
export async function answeredQuote(
  ctx: Ctx,
  activity: VerifiedActivity,
  actor: AccountRow,
): Promise<QuoteRow | null> {
  const { object } = activity
  const uri = idOf(object)
  const asked = uri === null ? null : await quoteByRequest(ctx.db, uri, actor.id)
  const quote = asked ?? (isDocument(object) ? await quoteNamed(ctx, object) : null)
  if (!quote || quote.quoted_account_id !== actor.id) return null
  const quoting = await statusById(ctx.db, quote.status_id)
  return quoting?.local ? quote : null
}

async function quoteNamed(ctx: Ctx, request: Record<string, unknown>): Promise<QuoteRow | null> {
  if (!typesOf(request).includes('QuoteRequest')) return null
  const quotingUri = idOf(request.instrument)
  const quotedUri = idOf(request.object)
  const quoting = quotingUri === null ? null : await localStatusByUri(ctx, quotingUri)
  const quoted = quoting && quotedUri !== null ? await knownStatus(ctx, quotedUri) : null
  return quoting && quoted ? quoteBetween(ctx.db, quoting.id, quoted.id) : null
}
