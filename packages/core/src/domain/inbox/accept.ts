import { authorizeFollow } from '../relationships/index.ts'
import { answeredFollower } from './answered-follower.ts'
import type { InboxHandler } from './handler.ts'
import { ignored, processed } from './outcome.ts'

/**
 * Somebody accepts that an account of ours follows them.
 *
 * @see https://www.w3.org/TR/activitypub/#accept-activity-inbox
 */
export const receiveAccept: InboxHandler = async (ctx, activity, actor) => {
  const follower = await answeredFollower(ctx, activity, actor)
  if (!follower) return ignored('answers nothing of ours')
  return (await authorizeFollow(ctx, actor, follower)) ? processed() : ignored('nobody asked')
}
