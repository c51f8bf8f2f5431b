import type { IncomingMessage, ServerResponse } from 'node:http'
import { identify, StreamError } from './identity.ts'
import { slowClients } from './metrics.ts'
import { type House, Session } from './session.ts'
import { streamOfPath } from './streams.ts'
import { queryOf } from './websocket.ts'

const THUMP_EVERY_MS = 15_000
const MOST_BUFFERED_BYTES = 1024 * 1024

export interface EventSources {
  /** Answers a request below `/api/v1/streaming`; `path` is what follows it. */
  serve(path: string, request: IncomingMessage, response: ServerResponse): Promise<void>
  sessions(): Session[]
  close(): void
}

/**
 * The server-sent-events half of the streaming server: one stream a connection.
 *
 * @see https://docs.joinmastodon.org/methods/streaming/#events
 */
export function eventSources(house: House, thumpEveryMs = THUMP_EVERY_MS): EventSources {
  const open = new Map<ServerResponse, Session>()
  return {
    async serve(path, request, response) {
      const query = queryOf(request)
      const name = streamOfPath(path, query)
      if (!name) throw new StreamError(400, 'Unknown channel requested')
      const identity = await identify(house.ctx, request, query)
      const session = await Session.open(house, identity, wireOf(response))
      try {
        await session.subscribe(name, {
          list: query.get('list') ?? undefined,
          tag: query.get('tag') ?? undefined,
        })
      } catch (error) {
        session.close()
        throw error
      }
      if (response.destroyed) return session.close()
      open.set(response, session)
      begin(response)
      const requestId = response.getHeader('X-Request-Id')
      house.ctx.log.info({ requestId, ip: house.clientAddress(request), stream: name }, 'stream opened')
      const thump = setInterval(() => response.write(':thump\n\n'), thumpEveryMs)
      response.on('close', () => {
        clearInterval(thump)
        session.close()
        open.delete(response)
      })
    },
    sessions: () => [...open.values()],
    close() {
      for (const response of open.keys()) response.end()
    },
  }
}

function begin(response: ServerResponse): void {
  if (response.headersSent || response.destroyed) return
  response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'private, no-store' })
  response.write(':)\n')
}

function wireOf(response: ServerResponse) {
  return {
    transport: 'eventsource' as const,
    send(frame: Buffer) {
      if (response.destroyed || response.writableEnded) return
      if (response.writableLength > MOST_BUFFERED_BYTES) {
        slowClients.inc({ type: 'eventsource' })
        response.destroy()
        return
      }
      // An event may come between listening and the answer's beginning.
      begin(response)
      response.write(frame)
    },
    end: () => {
      response.end()
    },
  }
}
