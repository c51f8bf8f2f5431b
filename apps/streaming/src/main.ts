import { chmodSync, existsSync, unlinkSync } from 'node:fs'
import type { Server } from 'node:http'
import { buildContext, closeContext } from '@anancus/core/kernel/build-context'
import { type Config, loadConfig } from '@anancus/core/kernel/config'
import { StartError } from '@anancus/core/kernel/errors'
import { collectProcessMetrics } from '@anancus/core/kernel/metrics'
import { runMain, stopOnSignals } from '@anancus/core/kernel/shutdown'
import { watch } from './metrics.ts'
import { createStreamingServer } from './server.ts'

const DEFAULT_PORT = 4000
const POOL_SIZE = 5
/** The proxy in front may be another user. */
const SOCKET_MODE = 0o666

await runMain(async () => {
  const ctx = await buildContext(loadConfig(), { name: 'streaming', poolSize: POOL_SIZE })
  collectProcessMetrics()
  const server = createStreamingServer(ctx)
  watch(ctx, server.hub)
  const address = await listen(ctx.config, server.http)
  stopOnSignals(ctx.log, async () => {
    await server.stop()
    await closeContext(ctx)
  })
  ctx.log.info({ address }, 'the streaming server listens')
})

async function listen({ env }: Config, http: Server): Promise<string> {
  const port = env.PORT || DEFAULT_PORT
  const address = env.SOCKET ?? `${env.BIND}:${port}`
  if (env.SOCKET && existsSync(env.SOCKET)) unlinkSync(env.SOCKET)
  await new Promise<void>((resolve, reject) => {
    http.once('error', (error: NodeJS.ErrnoException) =>
      reject(
        new StartError(
          `The streaming server cannot listen on ${address} (BIND, PORT, SOCKET): ${error.code}`,
          error,
        ),
      ),
    )
    if (env.SOCKET) http.listen(env.SOCKET, resolve)
    else http.listen(port, env.BIND, resolve)
  })
  if (env.SOCKET) chmodSync(env.SOCKET, SOCKET_MODE)
  return address
}
