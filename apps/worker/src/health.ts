import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Ctx } from '@anancus/core/kernel/context'
import { StartError } from '@anancus/core/kernel/errors'
import { mayReadMetrics, readMetrics } from '@anancus/core/kernel/metrics'

/**
 * The worker's small server on WORKER_PORT. `/health`: the process lives. `/health/ready`: it works, or what does not.
 * `/metrics`: for this machine, or with METRICS_TOKEN.
 *
 * @throws StartError the port is taken
 */
export async function serveHealth(
  ctx: Ctx,
  findFaults: () => Promise<Record<string, string>>,
): Promise<Server> {
  const { BIND: host, WORKER_PORT: port } = ctx.config.env
  const server = createServer((request, response) => {
    answer(ctx, findFaults, request, response).catch((error: unknown) => {
      ctx.log.error({ error }, 'health request failed')
      send(response, 500, 'text/plain', 'failed')
    })
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(
        new StartError(`The worker cannot listen on ${host}:${port} (WORKER_PORT): ${error.code}`, error),
      ),
    )
    server.listen(port, host, resolve)
  })
  return server
}

async function answer(
  ctx: Ctx,
  findFaults: () => Promise<Record<string, string>>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const path = request.url?.split('?')[0]
  if (path === '/health') return send(response, 200, 'text/plain', 'OK')
  if (path === '/health/ready') {
    const faults = await findFaults()
    const isReady = Object.keys(faults).length === 0
    return send(response, isReady ? 200 : 503, 'application/json', JSON.stringify({ ready: isReady, faults }))
  }
  if (path === '/metrics' && mayReadMetrics(ctx.config, request)) {
    const { contentType, text } = await readMetrics()
    return send(response, 200, contentType, text)
  }
  send(response, 404, 'text/plain', 'Not found')
}

function send(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, {
    'content-type': type,
    'content-length': Buffer.byteLength(body),
    'cache-control': 'private, no-store',
  })
  response.end(body)
}
