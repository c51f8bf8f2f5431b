import { randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Ctx } from '@anancus/core/kernel/context'
import { mayReadMetrics, readMetrics } from '@anancus/core/kernel/metrics'
import { clientAddressOf } from './client-address.ts'
import { type EventSources, eventSources } from './event-source.ts'
import { Hub } from './hub.ts'
import { StreamError } from './identity.ts'
import { Presence } from './presence.ts'
import type { Session } from './session.ts'
import { webSockets } from './websocket.ts'

const PREFIX = '/api/v1/streaming'
const CLOSE_SOCKETS_MS = 5_000
const VERIFIED_AT_ONCE = 4

export interface StreamingServer {
  http: Server
  hub: Hub
  stop(): Promise<void>
}

/** Intervals that tests shorten. */
export interface StreamingOptions {
  pingEveryMs?: number
  thumpEveryMs?: number
  presenceEveryMs?: number
}

/** Puts the streaming server together; it does not listen yet. */
export function createStreamingServer(ctx: Ctx, options: StreamingOptions = {}): StreamingServer {
  const hub = new Hub(ctx)
  const presence = new Presence(ctx, hub, options.presenceEveryMs)
  const house = { ctx, hub, presence, clientAddress: clientAddressOf(ctx.config) }
  const sockets = webSockets(house, options.pingEveryMs)
  const sources = eventSources(house, options.thumpEveryMs)
  const http = createServer({ maxHeaderSize: 16 * 1024 }, (request, response) => {
    handle(ctx, hub, sources, request, response).catch((error: unknown) => fail(ctx, response, error))
  })
  http.maxHeadersCount = 100
  http.on('upgrade', (request, socket, head) => sockets.upgrade(request, socket, head))
  hub.onReturn(() => {
    void recover(ctx, presence, [...sockets.sessions(), ...sources.sessions()])
  })
  return {
    http,
    hub,
    async stop() {
      http.close()
      sources.close()
      await sockets.close(CLOSE_SOCKETS_MS)
      http.closeAllConnections()
      presence.close()
      hub.close()
    },
  }
}

/** After an outage of Redis: marks, and every session's right to listen, which may have ended unheard. */
async function recover(ctx: Ctx, presence: Presence, sessions: readonly Session[]): Promise<void> {
  const waiting = [...sessions]
  const verifyNext = async (): Promise<void> => {
    for (let session = waiting.pop(); session; session = waiting.pop()) await session.verify()
  }
  try {
    await presence.renew()
    await Promise.all(Array.from({ length: VERIFIED_AT_ONCE }, verifyNext))
  } catch (error) {
    ctx.log.warn({ error }, 'not all sessions were verified after the outage of Redis')
  }
}

async function handle(
  ctx: Ctx,
  hub: Hub,
  sources: EventSources,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const path = request.url?.split('?')[0] ?? '/'
  response.setHeader('X-Request-Id', randomUUID())
  response.setHeader('Access-Control-Allow-Origin', '*')
  response.setHeader('Access-Control-Allow-Methods', 'GET, OPTIONS')
  response.setHeader('Access-Control-Allow-Headers', 'Authorization, Accept, Cache-Control')
  response.setHeader('Cache-Control', 'private, no-store')
  if (request.method === 'OPTIONS') return answer(response, 204)
  if (request.method !== 'GET') return answer(response, 404)
  if (path === '/health' || path === `${PREFIX}/health`) return answer(response, 200, 'text/plain', 'OK')
  if (path === `${PREFIX}/health/ready`) return sayReady(ctx, hub, response)
  if (path === '/metrics' && mayReadMetrics(ctx.config, request)) {
    const { contentType, text } = await readMetrics()
    return answer(response, 200, contentType, text)
  }
  if (!path.startsWith(`${PREFIX}/`)) return answer(response, 404)
  await sources.serve(path.slice(PREFIX.length), request, response)
}

async function sayReady(ctx: Ctx, hub: Hub, response: ServerResponse): Promise<void> {
  const faults: Record<string, string> = {}
  if (!hub.isConnected) faults.redis = 'not connected'
  await ctx.db.raw('select 1').catch((error: Error) => {
    faults.database = error.message
  })
  const isReady = Object.keys(faults).length === 0
  // Names alone: the port is open to everybody.
  const body = JSON.stringify({ ready: isReady, faults: Object.keys(faults) })
  if (!isReady) ctx.log.warn({ faults }, 'not ready')
  answer(response, isReady ? 200 : 503, 'application/json', body)
}

function fail(ctx: Ctx, response: ServerResponse, error: unknown): void {
  const isOurs = !(error instanceof StreamError)
  if (isOurs) ctx.log.error({ error }, 'a streaming request failed')
  if (response.headersSent) {
    response.end()
    return
  }
  const text = isOurs ? 'An unexpected error occurred' : error.message
  answer(
    response,
    isOurs ? 500 : error.status,
    'application/json; charset=utf-8',
    JSON.stringify({ error: text }),
  )
}

function answer(response: ServerResponse, status: number, type?: string, body = ''): void {
  response.writeHead(status, {
    ...(type ? { 'Content-Type': type } : {}),
    'Content-Length': Buffer.byteLength(body),
  })
  response.end(body)
}
