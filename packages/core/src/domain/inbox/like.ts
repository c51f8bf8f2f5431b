import { idOf } from '../../activitypub/parse/values.ts'
import { favouriteStatus } from '../interactions/index.ts'
import { localStatusByUri } from '../statuses/index.ts'
import type { InboxHandler } from './handler.ts'
import { ignored, processed } from './outcome.ts'
import { wasUndone } from './undone.ts'

/**
 * Somebody likes a status of ours. A reaction counts as one, whether it comes as a Like or as Pleroma's EmojiReact.
 * Several by the same actor are one favourite; whichever is undone by its id ends it, if it is the one that made it.
 *
 * @see https://www.w3.org/TR/activitypub/#like-activity-inbox
 */
export const receiveLike: InboxHandler = async (ctx, activity, actor) => {
  const uri = idOf(activity.object)
  const status = uri === null ? null : await localStatusByUri(ctx, uri)
  if (!status) return ignored('the object is not ours')
  if (await wasUndone(ctx, actor.id, activity.id)) return ignored('undone before it came')
  await favouriteStatus(ctx, actor, status, { uri: activity.id })
  return processed()
}
