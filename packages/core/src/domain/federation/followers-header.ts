import type { AccountRow } from '@anancus/db'
import { remoteFollowerUris } from '@anancus/db/queries/follower-sync'
import { followersDigest } from '../../activitypub/followers-digest.ts'
import type { Ctx } from '../../kernel/context.ts'
import { redisKey } from '../../kernel/redis-keys.ts'
import { actorPart } from '../../kernel/uris.ts'
import { DIGESTS_KEPT_SECONDS, MAX_SYNCHRONIZED_FOLLOWERS } from './limits.ts'

const PUBLIC_NAME = 'activitystreams#Public'
const NOBODY = followersDigest([])

type Signer = Pick<AccountRow, 'id' | 'username' | 'domain' | 'id_scheme' | 'uri' | 'url'>

/**
 * Tells a server, with what goes to followers only, who of its people follow, as a digest: it can ask for the list when
 * it believes something else. Nothing for other activities, and nothing for those with very many followers.
 *
 * @see https://codeberg.org/fediverse/fep/src/branch/main/fep/8fcf/fep-8fcf.md
 */
export async function followersHeader(
  ctx: Ctx,
  signer: Signer,
  inbox: URL,
  body: string,
): Promise<Record<string, string>> {
  const collectionId = actorPart(ctx.config, signer, 'followers')
  if (ctx.config.env.DISABLE_FOLLOWERS_SYNCHRONIZATION) return {}
  if (!body.includes(JSON.stringify(collectionId)) || body.includes(PUBLIC_NAME)) return {}
  const digests = await digestsOf(ctx, signer.id)
  if (!digests) return {}
  const digest = digests[inbox.origin] ?? NOBODY
  const url = `${ctx.config.baseUrl}/users/${signer.username}/followers_synchronization`
  return { 'collection-synchronization': `collectionId="${collectionId}", digest="${digest}", url="${url}"` }
}

/** By origin; one statement for all servers of an audience. Null where there are too many followers. */
async function digestsOf(ctx: Ctx, accountId: string): Promise<Record<string, string> | null> {
  const key = redisKey(ctx, `followers_digests:${accountId}`)
  const kept = await ctx.redis.get(key)
  if (kept !== null) return JSON.parse(kept) as Record<string, string> | null
  const uris = await remoteFollowerUris(ctx.db, accountId, MAX_SYNCHRONIZED_FOLLOWERS)
  const digests = uris.length < MAX_SYNCHRONIZED_FOLLOWERS ? digestsByOrigin(uris) : null
  await ctx.redis.set(key, JSON.stringify(digests), 'EX', DIGESTS_KEPT_SECONDS)
  return digests
}

function digestsByOrigin(uris: readonly string[]): Record<string, string> {
  const byOrigin = Map.groupBy(uris, (uri) => URL.parse(uri)?.origin ?? '')
  return Object.fromEntries([...byOrigin].map(([origin, members]) => [origin, followersDigest(members)]))
}
