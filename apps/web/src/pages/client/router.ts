import type { Ctx } from '@anancus/core/kernel/context'
import express from 'express'
import { ownPath, page } from '../page.ts'
import { authorizeInteraction } from './authorize-interaction.ts'
import { manifest } from './manifest.ts'
import { profilePage } from './profile-page.ts'
import { leavingToAccount, leavingToStatus } from './redirect-page.ts'
import { serveClient } from './serve.ts'
import { statusPage } from './status-page.ts'

/** Paths that are the client's alone. */
const SCREENS = [
  '/',
  '/home',
  '/getting-started',
  '/keyboard-shortcuts',
  '/publish',
  '/share',
  '/notifications',
  '/notifications/*path',
  '/conversations',
  '/lists',
  '/lists/*path',
  '/bookmarks',
  '/favourites',
  '/pinned',
  '/blocks',
  '/mutes',
  '/domain_blocks',
  '/follow_requests',
  '/followed_tags',
  '/start',
  '/start/*path',
  '/profile/*path',
  '/settings',
  '/deck',
  '/deck/*path',
]
const PUBLIC_SCREENS = [
  '/about',
  '/privacy-policy',
  '/terms-of-service',
  '/terms-of-service/:date',
  '/explore',
  '/explore/*path',
  '/search',
  '/directory',
  '/public',
  '/public/local',
  '/public/remote',
  '/tags/:tag',
  '/links/*path',
  '/overview',
  '/overview/about',
]
const PROFILE_TABS = ['with_replies', 'media', 'featured', 'followers', 'following', 'collections']

/** Every address of the web client; profiles and posts say in their head what they are about. */
export function clientRouter(ctx: Ctx): express.Router {
  const router = express.Router({ caseSensitive: true })
  for (const path of SCREENS) page(router, ctx, 'get', path, (call) => serveClient(call))
  for (const path of PUBLIC_SCREENS)
    page(router, ctx, 'get', path, (call) => serveClient(call, { isPublic: true }))
  page(router, ctx, 'get', '/@:acct', profilePage)
  for (const tab of PROFILE_TABS) page(router, ctx, 'get', `/@:acct/${tab}`, profilePage)
  page(router, ctx, 'get', '/@:acct/tagged/:tag', profilePage)
  page(router, ctx, 'get', '/@:acct/:id', statusPage)
  page(router, ctx, 'get', '/@:acct/:id/:list', statusPage)
  page(router, ctx, 'get', '/redirect/accounts/:id', leavingToAccount)
  page(router, ctx, 'get', '/redirect/statuses/:id', leavingToStatus)
  page(router, ctx, 'get', '/authorize_interaction', authorizeInteraction)
  router.get('/manifest', manifest(ctx))
  router.get(['/about/more'], (_req, res) => res.redirect(301, '/about'))
  router.get('/terms', (_req, res) => res.redirect(301, '/terms-of-service'))
  // Old addresses of the client. What follows must stay on this site, whatever it looks like.
  router.get('/web/*path', (req, res) => res.redirect(302, ownPath(req.path.slice('/web'.length))))
  router.get('/web', (_req, res) => res.redirect(302, '/'))
  return router
}
