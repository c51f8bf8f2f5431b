import { type AccountRow, INSTANCE_ACTOR_ID } from '@anancus/db'
import { idOf } from '../../activitypub/parse/values.ts'
import type { Ctx } from '../../kernel/context.ts'
import { localAccountByUri } from '../accounts/index.ts'
import { answerServerFollow } from '../federation/index.ts'
import { followAccount } from '../relationships/index.ts'
import type { InboxHandler, VerifiedActivity } from './handler.ts'
import { ignored, type Outcome, processed, rejected } from './outcome.ts'
import { replaceOlder } from './replaced.ts'
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
  if (target.id === INSTANCE_ACTOR_ID) return receiveRelayFollow(ctx, activity, actor)
  await replaceOlder(ctx, 'follow', actor, target.id, activity.id)
  await followAccount(ctx, actor, target, { uri: activity.id })
  return processed()
}

/** The server itself is followed by nobody but relays that it follows. */
async function receiveRelayFollow(ctx: Ctx, activity: VerifiedActivity, actor: AccountRow): Promise<Outcome> {
  if (activity.id === null) return ignored('nothing to answer to')
  const isRelay = await answerServerFollow(ctx, actor, activity.id)
  return isRelay ? processed() : rejected('the server itself cannot be followed')
}
