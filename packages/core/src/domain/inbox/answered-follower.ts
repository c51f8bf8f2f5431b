import type { AccountRow } from '@anancus/db'
import { accountById } from '@anancus/db/queries/accounts'
import { localFollowerByUri } from '@anancus/db/queries/inbox'
import { idOf, isDocument, typesOf } from '../../activitypub/parse/values.ts'
import type { Ctx } from '../../kernel/context.ts'
import { localAccountByUri } from '../accounts/index.ts'
import type { VerifiedActivity } from './handler.ts'

/**
 * The local account whose Follow of the actor an Accept or Reject answers: by the id of the Follow, else by the two it
 * names, since some servers give it no lasting id. Only the followed one can answer.
 */
export async function answeredFollower(
  ctx: Ctx,
  activity: VerifiedActivity,
  actor: AccountRow,
): Promise<AccountRow | null> {
  const { object } = activity
  const uri = idOf(object)
  const followerId = uri === null ? null : await localFollowerByUri(ctx.db, actor.id, uri)
  if (followerId !== null) return accountById(ctx.db, followerId)
  if (!isDocument(object) || !typesOf(object).includes('Follow') || idOf(object.object) !== actor.uri)
    return null
  const follower = idOf(object.actor)
  return follower === null ? null : localAccountByUri(ctx, follower)
}
