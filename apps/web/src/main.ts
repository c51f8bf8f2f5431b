import { once } from 'node:events'
import { rm } from 'node:fs/promises'
import { createServer as createHttpServer, type Server } from 'node:http'
import { buildContext, closeContext } from '@anancus/core/kernel/build-context'
import { type Config, loadConfig } from '@anancus/core/kernel/config'
import { StartError } from '@anancus/core/kernel/errors'
import { collectProcessMetrics } from '@anancus/core/kernel/metrics'
import { runMain, stopOnSignals } from '@anancus/core/kernel/shutdown'
import { createServer } from './server.ts'

const DEFAULT_PORT = 3000
/** Longer than a proxy keeps a connection, so that it never writes into one that just closed. */
const KEEP_ALIVE_MS = 65_000
const HEADERS_TIMEOUT_MS = 15_000
const REQUEST_TIMEOUT_MS = 300_000
/** How often connections are looked at that are too slow; Node's own thirty seconds would make the limits much longer. */
const SLOW_CHECK_MS = 5_000
/** How long running requests may take once the process was told to stop. */
const DRAIN_MS = 20_000
const IDLE_CHECK_MS = 100

async function main(): Promise<void> {
  const config = loadConfig()
  collectProcessMetrics()
  const ctx = await buildContext(config, { name: 'web' })
  const server = createHttpServer({ connectionsCheckingInterval: SLOW_CHECK_MS }, createServer(ctx))
  server.keepAliveTimeout = KEEP_ALIVE_MS
  server.headersTimeout = HEADERS_TIMEOUT_MS
  server.requestTimeout = REQUEST_TIMEOUT_MS
  const where = await listen(server, config)
  ctx.log.info({ where, domain: config.localDomain }, 'web is listening')
  stopOnSignals(ctx.log, async () => {
    await drain(server)
    await closeContext(ctx)
  })
}

async function listen(server: Server, { env }: Config): Promise<string> {
  const port = env.PORT || DEFAULT_PORT
  if (env.SOCKET) {
    await rm(env.SOCKET, { force: true })
    server.listen({ path: env.SOCKET, readableAll: true, writableAll: true })
  } else {
    server.listen(port, env.BIND)
  }
  try {
    await once(server, 'listening')
  } catch (error) {
    throw new StartError(sayWhy(error as NodeJS.ErrnoException, port), error)
  }
  return env.SOCKET ?? `http://${env.BIND}:${port}`
}

function sayWhy(error: NodeJS.ErrnoException, port: number): string {
  if (error.code === 'EADDRINUSE')
    return `Port ${port} is taken by another program. Set PORT to a free one, or end that program.`
  if (error.code === 'EACCES')
    return `Port ${port} may not be used by this user. Set PORT to one above 1023, or SOCKET to a writable path.`
  return `The web server cannot listen (${error.message}). Check BIND, PORT and SOCKET.`
}

/** Takes no new connection and lets running requests end. */
async function drain(server: Server): Promise<void> {
  const closed = once(server, 'close')
  server.close()
  // A connection is kept alive after its answer; nobody closes it but us.
  const idle = setInterval(() => server.closeIdleConnections(), IDLE_CHECK_MS)
  const timer = setTimeout(() => server.closeAllConnections(), DRAIN_MS)
  await closed
  clearInterval(idle)
  clearTimeout(timer)
}

await runMain(main)
