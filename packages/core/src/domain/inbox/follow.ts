import { INSTANCE_ACTOR_ID } from '@anancus/db'
import { idOf } from '../../activitypub/parse/values.ts'
import { localAccountByUri } from '../accounts/index.ts'
import { followAccount } from '../relationships/index.ts'
import type { InboxHandler } from './handler.ts'
import { ignored, processed, rejected } from './outcome.ts'
import { wasUndone } from './undone.ts'

/**
 * Somebody wants to follow an account of ours. The rule of following answers by Accept or Reject.
 *
 * @see https://www.w3.org/TR/activitypub/#follow-activity-inbox
 */
export const receiveFollow: InboxHandler = async (ctx, activity, actor) => {
  const uri = idOf(activity.object)
  const target = uri === null ? null : await localAccountByUri(ctx, uri)
  if (!target) return ignored('the object is not one of ours')
  if (await wasUndone(ctx, actor.id, activity.id)) return ignored('undone before it came')
  if (target.id === INSTANCE_ACTOR_ID) return rejected('the server itself cannot be followed')
  await followAccount(ctx, actor, target, { uri: activity.id })
  return processed()
}
