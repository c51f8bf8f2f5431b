import type { RateName } from '@anancus/core/kernel/config/rate-limits'
import type { Ctx } from '@anancus/core/kernel/context'
import { RateLimitedError, UnavailableError } from '@anancus/core/kernel/errors'
import { addressBucket, countUse, peekUse, type RateState } from '@anancus/core/kernel/rate-limit'
import type { Identity } from './auth.ts'
import type { ParamHash } from './param-tree.ts'
import type { Route } from './route.ts'

type Class = NonNullable<Route['rateLimit']>
type Family = 'statuses' | 'follows' | 'reports'

/** Limits of single routes, and by what they count. */
const CLASSES: Record<Exclude<Class, Family>, readonly { by: 'user' | 'address'; limit: RateName }[]> = {
  media: [{ by: 'user', limit: 'media' }],
  deletes: [{ by: 'user', limit: 'deletes' }],
  sign_ups: [{ by: 'address', limit: 'sign-ups' }],
  app_registrations: [{ by: 'address', limit: 'apps' }],
  confirmations: [
    { by: 'address', limit: 'confirmations-address' },
    { by: 'user', limit: 'confirmations-user' },
  ],
}

/** Limits that count what was really made, not what was asked for. */
const FAMILIES: readonly Family[] = ['statuses', 'follows', 'reports']

/** Routes that send mail or make accounts stay shut when nobody counts; the rest stays open. */
const CLOSED_WITHOUT_COUNT = new Set<Class>(['sign_ups', 'app_registrations', 'confirmations'])
const PAGING_NAMES = ['page', 'min_id', 'max_id', 'since_id']

interface Asker {
  address: string
  identity: Identity
  tree: ParamHash
}

/**
 * Counts an API request against every limit that applies to it.
 *
 * @returns the state with the fewest remaining, for the headers; null when Redis is away and the route stays open
 * @throws RateLimitedError
 * @throws UnavailableError nobody counts, and the route must not run uncounted
 */
export async function countRequest(ctx: Ctx, route: Route, asker: Asker): Promise<RateState | null> {
  const uses = usesOf(route, asker)
  let states: RateState[]
  try {
    states = await Promise.all([
      ...uses.map(({ limit, key }) => countUse(ctx, limit, key)),
      ...familyUse(route, asker.identity).map(({ limit, key }) => peekUse(ctx, limit, key)),
    ])
  } catch (error) {
    ctx.log.warn({ error }, 'rate limits could not be counted')
    if (route.rateLimit && CLOSED_WITHOUT_COUNT.has(route.rateLimit)) throw new UnavailableError()
    return null
  }
  return states.reduce((least, state) => (isTighter(state, least) ? state : least))
}

/** Counts what a route of a family made; the state after it, or null for routes without one. */
export async function countMade(ctx: Ctx, route: Route, identity: Identity): Promise<RateState | null> {
  const [use] = familyUse(route, identity)
  if (!use) return null
  try {
    return await countUse(ctx, use.limit, use.key)
  } catch (error) {
    ctx.log.warn({ error }, 'rate limits could not be counted')
    return null
  }
}

function familyUse(route: Route, identity: Identity): { limit: RateName; key: string }[] {
  const limit = FAMILIES.find((family) => family === route.rateLimit)
  const accountId = identity.known?.state === 'active' ? identity.known.viewer?.account.id : undefined
  return limit && accountId !== undefined ? [{ limit, key: accountId }] : []
}

/** Whichever leaves less; null is no limit. */
export function tighter(a: RateState | null, b: RateState | null): RateState | null {
  return a && b ? (isTighter(b, a) ? b : a) : (a ?? b)
}

function isTighter(state: RateState, than: RateState): boolean {
  if (state.exceeded !== than.exceeded) return state.exceeded
  return state.remaining < than.remaining
}

/** @throws RateLimitedError */
export function refuseExceeded(state: RateState | null): void {
  if (state?.exceeded) throw new RateLimitedError(state.resetAt)
}

function usesOf(route: Route, { address, identity, tree }: Asker): { limit: RateName; key: string }[] {
  const bucket = addressBucket(address)
  const active = identity.known?.state === 'active' ? identity.known : null
  const userId = (active?.viewer ?? identity.sessionViewer)?.user.id
  const uses: { limit: RateName; key: string }[] = []
  if (active) uses.push({ limit: 'api-token', key: active.token.id })
  if (userId !== undefined) uses.push({ limit: 'api-user', key: userId })
  if (uses.length === 0) uses.push({ limit: 'api-address', key: bucket })
  if (PAGING_NAMES.some((name) => tree[name] !== undefined))
    uses.push({ limit: 'paging', key: userId === undefined ? bucket : `user-${userId}` })
  for (const { by, limit } of classOf(route)) {
    const key = by === 'address' ? bucket : userId
    if (key !== undefined) uses.push({ limit, key })
  }
  return uses
}

function classOf(route: Route): readonly { by: 'user' | 'address'; limit: RateName }[] {
  return route.rateLimit && route.rateLimit in CLASSES
    ? CLASSES[route.rateLimit as Exclude<Class, Family>]
    : []
}

/** `X-RateLimit-*` as Mastodon writes them: the time with microseconds. */
export function rateHeaders(state: RateState | null): Record<string, string> {
  if (!state) return {}
  return {
    'X-RateLimit-Limit': String(state.limit),
    'X-RateLimit-Remaining': String(state.remaining),
    'X-RateLimit-Reset': state.resetAt.toISOString().replace('Z', '000Z'),
  }
}
