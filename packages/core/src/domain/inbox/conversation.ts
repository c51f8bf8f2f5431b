import type { AccountRow } from '@anancus/db'
import { isAuthorRelevant } from '@anancus/db/queries/remote-statuses'
import { httpUri, idOf, isDocument, typeAmong } from '../../activitypub/parse/values.ts'
import type { Ctx } from '../../kernel/context.ts'
import { isOwnUri } from '../accounts/index.ts'
import { resolveStatusByUri, witnessFor } from '../statuses/index.ts'
import type { Arrival, VerifiedActivity } from './handler.ts'
import { ignored, type Outcome, processed } from './outcome.ts'

/** What tells of a status, and is told on. */
const TOLD = ['Create', 'Update'] as const

/**
 * Whoever began a conversation tells its members what was said in it, by adding the activity to it. What is embedded
 * is a hint: the status is the one that its own server serves.
 *
 * @see https://codeberg.org/fediverse/fep/src/branch/main/fep/171b/fep-171b.md
 */
export async function receiveIntoConversation(
  ctx: Ctx,
  activity: VerifiedActivity,
  actor: AccountRow,
  arrival: Arrival,
): Promise<Outcome> {
  const { object: told } = activity
  const type = isDocument(told) ? typeAmong(told, TOLD) : null
  if (!isDocument(told) || type === null) return ignored('not a collection of the actor that we know')
  const uri = httpUri(told.object)
  if (uri === null || isOwnUri(ctx, uri)) return ignored('nothing that can be fetched')
  const parent = isDocument(told.object) ? idOf(told.object.inReplyTo) : null
  if (!(await isAuthorRelevant(ctx.db, actor.id, parent))) return ignored('concerns nobody here')
  const status = await resolveStatusByUri(ctx, uri, {
    budget: arrival.budget,
    fresh: type === 'Update',
    onBehalfOf: await witnessFor(ctx, actor),
  })
  return status ? processed() : ignored('the status is not there')
}
