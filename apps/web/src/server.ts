import type { Ctx } from '@anancus/core/kernel/context'
import express from 'express'
import { activityPubRouter } from './activitypub/router.ts'
import { apiRoutes } from './api/index.ts'
import { apiRouter } from './api/router.ts'
import { baseHeaders } from './http/headers.ts'
import { oneHost } from './http/one-host.ts'
import { refuseAddresses } from './http/refuse-addresses.ts'
import { requestLog } from './http/request-log.ts'
import type { Route } from './http/route.ts'
import { shed } from './http/shed.ts'
import { mediaRouter } from './media/router.ts'
import { oauthRouter } from './oauth/router.ts'
import { measureRequests, metricsPage } from './metrics.ts'
import { CLIENT_FOLDER } from './pages/assets.ts'
import { clientRouter } from './pages/client/router.ts'
import { lastResort, notFound, pagesRouter } from './pages/router.ts'
import { staticFiles } from './static-files.ts'
import { wellKnownRouter } from './well-known/router.ts'

/** Proxies that count when the operator names none: this machine and private networks, as in Mastodon. */
const DEFAULT_PROXIES = ['loopback', 'uniquelocal']

/**
 * The web server on one screen: middleware in order, then the doors.
 *
 * @param clientFolder what the build of the web client wrote
 */
export function createServer(
  ctx: Ctx,
  routes: readonly Route[] = apiRoutes,
  clientFolder = CLIENT_FOLDER,
): express.Express {
  const server = express()
  server.disable('x-powered-by')
  server.disable('etag')
  server.set('query parser', false)
  server.set('case sensitive routing', true)
  server.set('client folder', clientFolder)
  const proxies = ctx.config.env.TRUSTED_PROXY_IP
  server.set('trust proxy', proxies.length > 0 ? proxies : DEFAULT_PROXIES)

  server.use(requestLog(ctx))
  server.use(baseHeaders(ctx.config))
  server.use(oneHost())
  server.get('/health', (_req, res) => void res.type('text/plain').send('OK'))
  server.get('/metrics', metricsPage(ctx))
  server.use(refuseAddresses(ctx))
  server.use(measureRequests())
  server.use(shed())
  server.use(wellKnownRouter(ctx))
  server.use(activityPubRouter(ctx))
  server.use(mediaRouter(ctx))
  server.use(apiRouter(ctx, routes))
  server.use(oauthRouter(ctx))
  server.use(staticFiles(clientFolder))
  server.use(pagesRouter(ctx))
  server.use(clientRouter(ctx))
  server.use(notFound(ctx))
  server.use(lastResort(ctx))
  return server
}
