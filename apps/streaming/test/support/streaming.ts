import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import type { Ctx } from '@anancus/core/kernel/context'
import WebSocket from 'ws'
import { createStreamingServer, type StreamingOptions } from '../../src/server.ts'

export interface TestStreaming {
  url: string
  connect(query?: string, options?: WebSocket.ClientOptions & { protocol?: string }): Promise<TestSocket>
  stop(): Promise<void>
}

export interface TestSocket {
  socket: WebSocket
  /** All frames so far, parsed. */
  frames: TestFrame[]
  send(message: unknown): void
  /** The next frame that fits, from the first one on. */
  until(fits: (frame: TestFrame) => boolean): Promise<TestFrame>
  closed: Promise<{ code: number; reason: string }>
}

export interface TestFrame {
  stream?: string[]
  event?: string
  payload?: string
  error?: string
  status?: number
}

const PATIENCE_MS = 5_000

export async function startStreaming(ctx: Ctx, options: StreamingOptions = {}): Promise<TestStreaming> {
  const server = createStreamingServer(ctx, options)
  server.http.listen(0, '127.0.0.1')
  await once(server.http, 'listening')
  const address = `127.0.0.1:${(server.http.address() as AddressInfo).port}`
  return {
    url: `http://${address}`,
    connect: (query = '', { protocol, ...rest } = {}) =>
      connect(`ws://${address}/api/v1/streaming${query}`, protocol, rest),
    stop: () => server.stop(),
  }
}

async function connect(
  url: string,
  protocol: string | undefined,
  options: WebSocket.ClientOptions,
): Promise<TestSocket> {
  const socket = new WebSocket(url, protocol ? [protocol] : [], options)
  const frames: TestFrame[] = []
  socket.on('message', (data) => frames.push(JSON.parse(String(data))))
  const closed = new Promise<{ code: number; reason: string }>((resolve) => {
    socket.on('close', (code, reason) => resolve({ code, reason: String(reason) }))
  })
  await new Promise<void>((resolve, reject) => {
    socket.once('open', resolve)
    socket.once('unexpected-response', (_request, response) =>
      reject(
        Object.assign(new Error(`answered ${response.statusCode}`), {
          status: response.statusCode,
          headers: response.headers,
        }),
      ),
    )
    socket.once('error', reject)
  })
  return {
    socket,
    frames,
    closed,
    send: (message) => socket.send(typeof message === 'string' ? message : JSON.stringify(message)),
    until: (fits) =>
      waitFor(
        () => frames.find(fits),
        () => JSON.stringify(frames),
      ),
  }
}

/** Looks again and again until there is something. */
export async function waitFor<T>(look: () => T | undefined | false, describe = () => ''): Promise<T> {
  for (const deadline = Date.now() + PATIENCE_MS; Date.now() < deadline; ) {
    const found = look()
    if (found) return found
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  throw new Error(`It did not come within ${PATIENCE_MS} ms. ${describe()}`)
}
