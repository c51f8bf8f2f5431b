import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Logger } from '@anancus/core/kernel/log'
import { type RawData, type WebSocket, WebSocketServer } from 'ws'
import { identify, StreamError } from './identity.ts'
import { slowClients } from './metrics.ts'
import { type House, Session } from './session.ts'

const PING_EVERY_MS = 30_000
const LARGEST_FRAME_BYTES = 64 * 1024
/** What may wait for a client that does not read. */
const MOST_BUFFERED_BYTES = 1024 * 1024
const MOST_WAITING_REQUESTS = 100
const GOING_AWAY = 1001
const UNSUPPORTED_DATA = 1003
const POLICY_VIOLATION = 1008

export interface WebSockets {
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void
  sessions(): Session[]
  /** Tells every client that the server goes away, and cuts off who does not answer. */
  close(deadlineMs: number): Promise<void>
}

/** The WebSocket half of the streaming server: many streams on one socket. */
export function webSockets(house: House, pingEveryMs = PING_EVERY_MS): WebSockets {
  const server = new WebSocketServer({
    noServer: true,
    maxPayload: LARGEST_FRAME_BYTES,
    perMessageDeflate: false,
    clientTracking: true,
  })
  server.on('headers', (headers, request) => {
    const requestId = randomUUID()
    headers.push(`X-Request-Id: ${requestId}`)
    house.ctx.log.info({ requestId, ip: house.clientAddress(request) }, 'socket opened')
  })
  const sessions = new Map<WebSocket, Session>()
  const alive = new WeakSet<WebSocket>()
  const ping = setInterval(() => {
    for (const socket of server.clients) {
      if (!alive.has(socket)) {
        socket.terminate()
        continue
      }
      alive.delete(socket)
      socket.ping()
    }
  }, pingEveryMs)
  return {
    upgrade(request, socket, head) {
      // Until the handshake is through, a broken connection has nobody else to listen to it.
      const onError = () => socket.destroy()
      socket.on('error', onError)
      const query = queryOf(request)
      identify(house.ctx, request, query).then(
        (identity) => {
          if (socket.destroyed) return
          socket.off('error', onError)
          server.handleUpgrade(request, socket, head, (client) => {
            alive.add(client)
            client.on('pong', () => alive.add(client))
            serve(house, client, query, (session) => sessions.set(client, session), identity)
            client.on('close', () => {
              sessions.get(client)?.close()
              sessions.delete(client)
            })
          })
        },
        (error: unknown) => refuse(house.ctx.log, socket, error),
      )
    },
    sessions: () => [...sessions.values()],
    async close(deadlineMs) {
      clearInterval(ping)
      for (const client of server.clients) client.close(GOING_AWAY)
      const deadline = Date.now() + deadlineMs
      while (server.clients.size > 0 && Date.now() < deadline)
        await new Promise((resolve) => setTimeout(resolve, 20))
      for (const client of server.clients) client.terminate()
      server.close()
    },
  }
}

function serve(
  house: House,
  client: WebSocket,
  query: URLSearchParams,
  onOpen: (session: Session) => void,
  identity: Awaited<ReturnType<typeof identify>>,
): void {
  const { log } = house.ctx
  const wire = {
    transport: 'websocket' as const,
    send(frame: Buffer) {
      if (client.readyState !== client.OPEN) return
      if (client.bufferedAmount > MOST_BUFFERED_BYTES) {
        slowClients.inc({ type: 'websocket' })
        return client.terminate()
      }
      client.send(frame, { binary: false })
    },
    end: () => client.close(),
  }
  // Requests of one socket are answered in the order they came.
  let waiting = 0
  const opened = Session.open(house, identity, wire).then((session) => {
    if (client.readyState !== client.OPEN) session.close()
    else onOpen(session)
    return session
  })
  let last: Promise<unknown> = opened.catch((error: unknown) => {
    log.error({ error }, 'a session could not be opened')
    client.terminate()
  })
  const say = (body: object) => wire.send(Buffer.from(JSON.stringify(body)))
  const inTurn = (work: (session: Session) => Promise<void>) => {
    if (++waiting > MOST_WAITING_REQUESTS) return client.close(POLICY_VIOLATION, 'Too many requests')
    last = last
      .then(async () => work(await opened))
      .catch((error: unknown) => {
        if (!(error instanceof StreamError)) log.error({ error }, 'a streaming request failed')
        say(errorBody(error))
      })
      .finally(() => waiting--)
  }
  client.on('error', (error) => log.debug({ error }, 'socket error'))
  client.on('message', (data, isBinary) => {
    if (isBinary)
      return client.close(UNSUPPORTED_DATA, 'The mastodon streaming server does not support binary messages')
    const request = parseRequest(data)
    if (!request) return
    const { type, stream, params } = request
    inTurn(async (session) => {
      if (type === 'subscribe') return session.subscribe(stream, params)
      await session.unsubscribe(stream, params).catch((error: unknown) => {
        if (!(error instanceof StreamError)) throw error
        say({ error: 'Error unsubscribing from channel' })
      })
    })
  })
  const wanted = query.get('stream')
  if (wanted)
    inTurn((session) =>
      session.subscribe(wanted, {
        list: query.get('list') ?? undefined,
        tag: query.get('tag') ?? undefined,
      }),
    )
}

interface StreamRequest {
  type: 'subscribe' | 'unsubscribe'
  stream: string
  params: { list?: string | undefined; tag?: string | undefined }
}

/** What is no request we know is passed over in silence. */
function parseRequest(data: RawData): StreamRequest | null {
  let json: unknown
  try {
    json = JSON.parse(String(data))
  } catch {
    return null
  }
  if (typeof json !== 'object' || json === null) return null
  const { type, stream, list, tag } = json as Record<string, unknown>
  if (type !== 'subscribe' && type !== 'unsubscribe') return null
  return {
    type,
    stream: text(Array.isArray(stream) ? stream[0] : stream) ?? '',
    params: { list: text(list), tag: text(tag) },
  }
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined
}

function errorBody(error: unknown): { error: string; status: number } {
  return error instanceof StreamError
    ? { error: error.message, status: error.status }
    : { error: 'An unexpected error occurred', status: 500 }
}

function refuse(log: Logger, socket: Duplex, error: unknown): void {
  if (socket.destroyed) return
  const isOurs = !(error instanceof StreamError)
  if (isOurs) log.error({ error }, 'a socket could not be opened')
  const [status, message] = isOurs
    ? ['500 Internal Server Error', 'An unexpected error occurred']
    : ['401 Unauthorized', error.message]
  socket.end(
    `HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Type: text/plain\r\nContent-Length: 0\r\nX-Error-Message: ${message}\r\n\r\n`,
  )
}

/** The query of a request; the path of a socket does not matter. */
export function queryOf(request: IncomingMessage): URLSearchParams {
  return new URLSearchParams(request.url?.split('?').slice(1).join('?') ?? '')
}
