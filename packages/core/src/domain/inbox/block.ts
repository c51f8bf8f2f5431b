import { idOf } from '../../activitypub/parse/values.ts'
import { localAccountByUri } from '../accounts/index.ts'
import { blockAccount } from '../relationships/index.ts'
import type { InboxHandler } from './handler.ts'
import { ignored, processed } from './outcome.ts'
import { replaceOlder } from './replaced.ts'
import { wasUndone } from './undone.ts'

/**
 * Somebody blocks an account of ours.
 *
 * @see https://www.w3.org/TR/activitypub/#block-activity-outbox
 */
export const receiveBlock: InboxHandler = async (ctx, activity, actor) => {
  const uri = idOf(activity.object)
  const target = uri === null ? null : await localAccountByUri(ctx, uri)
  if (!target) return ignored('the object is not one of ours')
  if (await wasUndone(ctx, actor.id, activity.id)) return ignored('undone before it came')
  await replaceOlder(ctx, 'block', actor, target.id, activity.id)
  await blockAccount(ctx, actor, target, { uri: activity.id })
  return processed()
}
