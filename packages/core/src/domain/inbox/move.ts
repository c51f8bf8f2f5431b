import { httpUri, idOf } from '../../activitypub/parse/values.ts'
import { acceptMove } from '../relationships/index.ts'
import type { InboxHandler } from './handler.ts'
import { ignored, processed, rejected } from './outcome.ts'

/**
 * Somebody moves to another account. Only oneself can move, and the new account must say so too.
 *
 * @see https://docs.joinmastodon.org/spec/activitypub/#Move
 */
export const receiveMove: InboxHandler = async (ctx, activity, actor, arrival) => {
  if (idOf(activity.object) !== actor.uri) return rejected('somebody else is to move')
  const target = httpUri(idOf(activity.document.target))
  if (target === null) return rejected('nowhere to move')
  const outcome = await acceptMove(ctx, actor, target, arrival.budget)
  if (outcome === 'moved') return processed()
  return outcome === 'busy' ? ignored('moved lately') : rejected(`the move does not count: ${outcome}`)
}
