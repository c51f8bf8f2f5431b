import { rejectFollow } from '../relationships/index.ts'
import { answeredFollower } from './answered-follower.ts'
import type { InboxHandler } from './handler.ts'
import { ignored, processed } from './outcome.ts'

/**
 * Somebody refuses a follower of ours, or ends the follow later.
 *
 * @see https://www.w3.org/TR/activitypub/#reject-activity-inbox
 */
export const receiveReject: InboxHandler = async (ctx, activity, actor) => {
  const follower = await answeredFollower(ctx, activity, actor)
  if (!follower) return ignored('answers nothing of ours')
  return (await rejectFollow(ctx, actor, follower)) ? processed() : ignored('nobody follows')
}
