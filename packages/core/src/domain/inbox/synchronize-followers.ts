import type { AccountRow } from '@anancus/db'
import { accountById } from '@anancus/db/queries/accounts'
import { localFollowersOf } from '@anancus/db/queries/follower-sync'
import { followersDigest } from '../../activitypub/followers-digest.ts'
import { idOf, isSameOrigin } from '../../activitypub/parse/values.ts'
import type { Ctx } from '../../kernel/context.ts'
import { actorUri, isLocal } from '../../kernel/uris.ts'
import { fetchBudget, localAccountByUri } from '../accounts/index.ts'
import { authorizeFollow, denyFollow, rejectFollow } from '../relationships/index.ts'
import { readRemoteCollection } from '../statuses/index.ts'
import { FOLLOWERS_SYNC } from './limits.ts'

/**
 * Brings what we know of our people among the followers of a remote account in line with what its server knows. Who is
 * listed and asked before follows now; who is listed and never asked lets the server know. Who is not listed follows no
 * longer, but only when the list is whole: when its digest is the one that was told. What `synchronizeFollowersJob` runs.
 *
 * @param payload.url of the account's own house
 * @see https://codeberg.org/fediverse/fep/src/branch/main/fep/8fcf/fep-8fcf.md
 */
export async function synchronizeFollowers(
  ctx: Ctx,
  payload: { accountId: string; url: string; digest: string },
): Promise<void> {
  const account = await accountById(ctx.db, payload.accountId)
  if (!account || isLocal(account) || account.suspended_at !== null) return
  if (!isSameOrigin(payload.url, account.uri)) return
  const followers = new Map<string, AccountRow>()
  for (const row of await localFollowersOf(ctx.db, account.id)) followers.set(actorUri(ctx.config, row), row)
  if (followersDigest(followers.keys()) === payload.digest) return
  const items = await readRemoteCollection(ctx, payload.url, account.uri, {
    items: FOLLOWERS_SYNC.items + 1,
    pages: FOLLOWERS_SYNC.pages,
    budget: fetchBudget(FOLLOWERS_SYNC.pages + 1),
  })
  if (items.length > FOLLOWERS_SYNC.items) return
  const listed = new Set(items.map(idOf).filter((uri) => uri !== null))
  for (const uri of listed) if (!followers.has(uri)) await settle(ctx, account, uri)
  if (followersDigest(listed) !== payload.digest) return
  for (const [uri, follower] of followers) if (!listed.has(uri)) await rejectFollow(ctx, account, follower)
}

async function settle(ctx: Ctx, account: AccountRow, uri: string): Promise<void> {
  const follower = await localAccountByUri(ctx, uri)
  // The address may be the other one of an account that follows.
  if (!follower || actorUri(ctx.config, follower) !== uri) return
  if (!(await authorizeFollow(ctx, account, follower))) await denyFollow(ctx, follower, account)
}
