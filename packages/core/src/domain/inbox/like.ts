import { reactionIn } from '../../activitypub/parse/reaction.ts'
import { idOf } from '../../activitypub/parse/values.ts'
import { favouriteStatus, receiveReaction } from '../interactions/index.ts'
import { localStatusByUri } from '../statuses/index.ts'
import type { InboxHandler } from './handler.ts'
import { ignored, processed } from './outcome.ts'
import { replaceOlder } from './replaced.ts'
import { wasUndone } from './undone.ts'

/**
 * Somebody likes a status of ours, or reacts to it with an emoji, whether that comes as a Like or as an EmojiReact. All
 * of them by the same actor are one favourite, which ends with the last of them.
 *
 * @see https://www.w3.org/TR/activitypub/#like-activity-inbox
 */
export const receiveLike: InboxHandler = async (ctx, activity, actor) => {
  const uri = idOf(activity.object)
  const status = uri === null ? null : await localStatusByUri(ctx, uri)
  if (!status) return ignored('the object is not ours')
  if (await wasUndone(ctx, actor.id, activity.id)) return ignored('undone before it came')
  const reaction = reactionIn(activity.document)
  if (reaction) {
    await receiveReaction(ctx, actor, status, reaction, activity.id)
  } else {
    await replaceOlder(ctx, 'favourite', actor, status.id, activity.id)
    await favouriteStatus(ctx, actor, status, { uri: activity.id })
  }
  return processed()
}
