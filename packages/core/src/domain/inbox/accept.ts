import type { AccountRow } from '@anancus/db'
import { hasOtherLocalFollower } from '@anancus/db/queries/inbox'
import { httpUri, isSameOrigin } from '../../activitypub/parse/values.ts'
import { fetchOutboxJob, refreshAccountJob } from '../../jobs/index.ts'
import type { Ctx } from '../../kernel/context.ts'
import { enqueue } from '../../kernel/enqueue.ts'
import { authorizeFollow } from '../relationships/index.ts'
import { receiveQuoteAnswer } from '../statuses/index.ts'
import { answeredFollower } from './answered-follower.ts'
import { approveInteraction } from './answered-interaction.ts'
import { answeredQuote } from './answered-quote.ts'
import { answersRelay } from './answers-relay.ts'
import { receiveFeatureAnswer } from './feature-request.ts'
import type { InboxHandler, VerifiedActivity } from './handler.ts'
import { ignored, type Outcome, processed, rejected } from './outcome.ts'

/**
 * Somebody accepts that an account of ours follows them, quotes them, answers them or reblogs them; or agrees to be in a
 * collection of ours. What it answers says the id of its object, not its type.
 *
 * @see https://www.w3.org/TR/activitypub/#accept-activity-inbox
 */
export const receiveAccept: InboxHandler = async (ctx, activity, actor) => {
  const featured = await receiveFeatureAnswer(ctx, activity, actor)
  if (featured) return featured
  if (await answersRelay(ctx, activity, actor, true)) return processed()
  const follower = await answeredFollower(ctx, activity, actor)
  if (!follower)
    return (await approveInteraction(ctx, activity, actor)) ?? acceptQuoteIn(ctx, activity, actor)
  if (!(await authorizeFollow(ctx, actor, follower))) return ignored('nobody asked')
  // Whom somebody here follows first may have been met by chance: now the profile is wanted whole.
  if (!(await hasOtherLocalFollower(ctx.db, actor.id, follower.id))) {
    await enqueue(ctx, refreshAccountJob, { accountId: actor.id, isForced: true })
    await enqueue(ctx, fetchOutboxJob, { accountId: actor.id }, { jobId: `outbox-${actor.id}` })
  }
  return processed()
}

/** The author says so themselves; the authorisation they name has to be of their own house. */
async function acceptQuoteIn(ctx: Ctx, activity: VerifiedActivity, actor: AccountRow): Promise<Outcome> {
  const quote = await answeredQuote(ctx, activity, actor)
  if (!quote) return ignored('answers nothing of ours')
  const approvalUri = httpUri(activity.document.result)
  if (approvalUri === null || !isSameOrigin(approvalUri, actor.uri))
    return rejected('the authorisation is of another house')
  return (await receiveQuoteAnswer(ctx, quote, approvalUri)) ? processed() : ignored('it is settled')
}
