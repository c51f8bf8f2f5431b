import { rejectFollow } from '../relationships/index.ts'
import { receiveQuoteAnswer } from '../statuses/index.ts'
import { answeredFollower } from './answered-follower.ts'
import { refuseInteraction } from './answered-interaction.ts'
import { answeredQuote } from './answered-quote.ts'
import { answersRelay } from './answers-relay.ts'
import { receiveFeatureAnswer } from './feature-request.ts'
import type { InboxHandler } from './handler.ts'
import { ignored, processed } from './outcome.ts'

/**
 * Somebody refuses a follower of ours, or ends the follow later; or a quote of theirs in a status of ours, an answer to them,
 * a reblog or a like, or a place in a collection of ours.
 *
 * @see https://www.w3.org/TR/activitypub/#reject-activity-inbox
 */
export const receiveReject: InboxHandler = async (ctx, activity, actor) => {
  const featured = await receiveFeatureAnswer(ctx, activity, actor)
  if (featured) return featured
  if (await answersRelay(ctx, activity, actor, false)) return processed()
  const follower = await answeredFollower(ctx, activity, actor)
  if (!follower) {
    const interaction = await refuseInteraction(ctx, activity, actor)
    if (interaction) return interaction
    const quote = await answeredQuote(ctx, activity, actor)
    if (!quote) return ignored('answers nothing of ours')
    return (await receiveQuoteAnswer(ctx, quote, null)) ? processed() : ignored('it does not stand')
  }
  return (await rejectFollow(ctx, actor, follower)) ? processed() : ignored('nobody follows')
}
