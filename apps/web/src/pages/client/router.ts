import type { Ctx } from '@anancus/core/kernel/context'
import { NotFoundError } from '@anancus/core/kernel/errors'
import express, { type Request, type RequestHandler } from 'express'
import { ownPath, page, type PageHandler } from '../page.ts'
import { authorizeInteraction } from './authorize-interaction.ts'
import { collectionPage } from './collection-page.ts'
import { frontPage } from './front-page.ts'
import { manifest } from './manifest.ts'
import { profilePage } from './profile-page.ts'
import { leavingToAccount, leavingToCollection, leavingToStatus } from './redirect-page.ts'
import { OPEN_SCREENS, OWN_SCREENS, PROFILE_TABS, STATUS_LISTS } from './screens.ts'
import { serveClient, serveMissing } from './serve.ts'
import { statusById, statusPage } from './status-page.ts'
import { tagPage } from './tag-page.ts'
import { termsPage, withTermsBefore } from './terms.ts'

/** Every address of the web client; profiles and posts say in their head what they are about. */
export function clientRouter(ctx: Ctx): express.Router {
  const router = express.Router({ caseSensitive: true })
  const screen = (path: string, handler: PageHandler) =>
    page(router, ctx, 'get', path, orMissing(withTermsBefore(handler)))

  // Before the screens: the terms themselves are never hidden behind the word that they changed.
  for (const path of ['/terms-of-service', '/terms-of-service/:date'])
    page(router, ctx, 'get', path, orMissing(termsPage))
  screen('/', frontPage)
  for (const path of OWN_SCREENS) screen(path, (call) => serveClient(call))
  for (const path of OPEN_SCREENS) screen(path, (call) => serveClient(call, { isOpen: true }))
  screen('/collections/:id', collectionPage)
  screen('/links/:url', (call) => serveClient(call))
  screen('/tags/:tag', tagPage)
  screen('/@:acct', profilePage)
  for (const tab of PROFILE_TABS) screen(`/@:acct/${tab}`, profilePage)
  screen('/@:acct/:id', statusPage)
  for (const list of STATUS_LISTS) screen(`/@:acct/:id/${list}`, statusPage)
  screen('/statuses/:id', statusById)
  screen('/redirect/accounts/:id', leavingToAccount)
  screen('/redirect/collections/:id', leavingToCollection)
  screen('/redirect/statuses/:id', leavingToStatus)
  screen('/authorize_interaction', authorizeInteraction)
  router.get('/manifest', manifest(ctx))
  addOldAddresses(router)
  return router
}

/** Answers what cannot be found with the client, which says so: the rest of the site is one click away. */
function orMissing(handler: PageHandler): PageHandler {
  return async (call) => {
    try {
      await handler(call)
    } catch (error) {
      if (!(error instanceof NotFoundError) || call.res.headersSent) throw error
      await serveMissing(call)
    }
  }
}

function addOldAddresses(router: express.Router): void {
  router.get('/about/more', redirectTo('/about', 301))
  router.get('/terms', redirectTo('/terms-of-service', 301))
  router.get('/web', redirectTo('/', 302))
  router.get('/web/*path', (req, res) => {
    res.setHeader('Cache-Control', 'private, no-store')
    res.redirect(302, withoutWeb(req))
  })
}

function redirectTo(path: string, status: 301 | 302): RequestHandler {
  return (_req, res) => res.redirect(status, path)
}

/** An address of the older client without its `/web`. Whatever follows stays on this site, however it is spelt. */
function withoutWeb(req: Request): string {
  return ownPath(req.originalUrl.slice('/web'.length))
}
