import type { AccountRow } from '@anancus/db'
import { followerUrisAt } from '@anancus/db/queries/follower-sync'
import { orderedCollectionJson, withContext } from '../../../activitypub/render/index.ts'
import type { Ctx } from '../../../kernel/context.ts'
import { UnauthenticatedError } from '../../../kernel/errors.ts'
import { actorPart } from '../../../kernel/uris.ts'
import { MAX_SYNCHRONIZED_FOLLOWERS } from '../limits.ts'
import { type Served, served } from './served.ts'

/**
 * The followers of an account on the server that asks, and on no other.
 *
 * @throws UnauthenticatedError nobody says who asks
 * @see https://codeberg.org/fediverse/fep/src/branch/main/fep/8fcf/fep-8fcf.md
 */
export async function readFollowersSynchronization(
  ctx: Ctx,
  account: AccountRow,
  asker: AccountRow | null,
): Promise<Served> {
  const origin = URL.parse(asker?.uri ?? '')?.origin
  if (!asker || !origin) throw new UnauthenticatedError('Request not signed')
  const items = await followerUrisAt(ctx.db, account.id, origin, MAX_SYNCHRONIZED_FOLLOWERS)
  const id = actorPart(ctx.config, account, 'followers_synchronization')
  return served(withContext(orderedCollectionJson({ id, items })), 0, false)
}
