import { hasLocalFollower } from '@anancus/db/queries/inbox'
import { isStatus } from '../../activitypub/parse/note.ts'
import { idOf, isDocument } from '../../activitypub/parse/values.ts'
import { isOwnUri } from '../accounts/index.ts'
import { announcedStatus, reblogAnnounced } from './announced.ts'
import type { InboxHandler } from './handler.ts'
import { ignored, processed } from './outcome.ts'
import { isRelay } from './relevance.ts'
import { wasUndone } from './undone.ts'
import { receiveWrapped } from './wrapped.ts'

/**
 * Somebody reblogged a status, or a group passes on what was done in it. What is embedded is a hint: the status is the
 * one that its own server serves.
 *
 * @see https://www.w3.org/TR/activitypub/#announce-activity-inbox
 */
export const receiveAnnounce: InboxHandler = async (ctx, activity, actor, arrival) => {
  if (await wasUndone(ctx, actor.id, activity.id)) return ignored('undone before it came')
  const { object } = activity
  const isFromRelay = await isRelay(ctx, actor)
  const isWrapped = isDocument(object) && !isStatus(object) && object.type !== undefined
  if (isWrapped && !isFromRelay) return receiveWrapped(ctx, activity, actor, arrival, object)
  // What a relay passes on in its own name is a status, or the Create or Update of one.
  const id = idOf(isWrapped ? object.object : object)
  if (id === null) return ignored('nothing that can be reblogged')
  const concernsUs = isOwnUri(ctx, id) || isFromRelay || (await hasLocalFollower(ctx.db, actor.id))
  if (!concernsUs) return ignored('concerns nobody here')
  const status = await announcedStatus(ctx, activity, actor, arrival, id)
  if (!status) return ignored('the status is not there')
  if (isFromRelay) return processed() // a relay passes on, it does not reblog
  return reblogAnnounced(ctx, activity, actor, status)
}
