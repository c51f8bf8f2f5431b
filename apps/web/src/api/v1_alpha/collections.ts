import type { Reply } from '../../http/reply.ts'
import type { Route } from '../../http/route.ts'
import { accountCollections } from '../v1/accounts/collections.ts'
import { inCollections } from '../v1/accounts/in_collections.ts'
import { collectionRoutes } from '../v1/collections/index.ts'

/** 10 June 2026, when these addresses became the old ones. */
const DEPRECATION = '@1781049600'

/** The same routes under the addresses that the first apps know. All but one say that these will go, as in Mastodon. */
export const alphaCollectionRoutes: readonly Route[] = [
  ...[accountCollections, ...collectionRoutes].map((route) => ({
    ...alpha(route),
    handle: async (call: Parameters<Route['handle']>[0]) => deprecated(await route.handle(call)),
  })),
  alpha(inCollections),
]

function alpha(route: Route): Route {
  return { ...route, path: route.path.replace('/api/v1/', '/api/v1_alpha/') }
}

function deprecated(reply: Reply): Reply {
  if (reply.kind === 'written') return reply
  return { ...reply, headers: { ...reply.headers, Deprecation: DEPRECATION } }
}
