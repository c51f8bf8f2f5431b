import { once } from 'node:events'
import { type IncomingMessage, request as httpRequest } from 'node:http'
import { type AddressInfo, createServer, type Server } from 'node:net'
import type { Ctx } from '@anancus/core/kernel/context'
import { drainQueues } from '@anancus/core/testing/drain-queues'
import { type RemoteActor, type SignOptions, signDelivery } from '@anancus/core/testing/remote'
import type { TestWeb } from '../support/server.ts'

/** A port of this machine that nobody of us may ever connect to. */
export interface Trap {
  port: number
  /** Connections that were made. */
  readonly connections: number
  close(): Promise<void>
}

/** Listens on every address of this machine and counts who comes. */
export async function setTrap(): Promise<Trap> {
  let connections = 0
  const server: Server = createServer((socket) => {
    connections += 1
    socket.on('error', () => {}) // whoever breaks off was counted
    socket.resume()
    socket.end('HTTP/1.1 200 OK\r\nContent-Type: application/activity+json\r\nContent-Length: 2\r\n\r\n{}')
  })
  server.listen(0, '::')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    get connections() {
      return connections
    },
    close: async () => {
      server.close()
      await once(server, 'close')
    },
  }
}

/** An answer as far as these tests look. */
export interface RawAnswer {
  status: number
  headers: Record<string, string | string[] | undefined>
  text: string
}

/** Sends a request with exactly these headers; `fetch` would not let a test name another Host. */
export async function sendRaw(
  web: TestWeb,
  method: string,
  path: string,
  headers: Record<string, string>,
  body: Buffer | string = '',
): Promise<RawAnswer> {
  const { hostname, port } = new URL(web.url)
  const request = httpRequest({ hostname, port, method, path, headers })
  request.end(body)
  const [response] = (await once(request, 'response')) as [IncomingMessage]
  const chunks: Buffer[] = []
  for await (const chunk of response) chunks.push(chunk as Buffer)
  return {
    status: response.statusCode ?? 0,
    headers: response.headers,
    text: Buffer.concat(chunks).toString(),
  }
}

/** Posts a signed activity through the real door. */
export function postToInbox(
  ctx: Ctx,
  web: TestWeb,
  actor: Pick<RemoteActor, 'keyId' | 'privateKey'>,
  document: unknown,
  options: SignOptions & { target?: string } = {},
): Promise<RawAnswer> {
  const { target = '/inbox', ...sign } = options
  const { headers, body } = signDelivery(actor, document, { host: ctx.config.webDomain, target }, sign)
  return sendRaw(web, 'POST', target, headers, body)
}

/** Runs every job; what other servers did wrong makes single jobs fail, and those are told. */
export async function drainAll(ctx: Ctx): Promise<Error[]> {
  const errors: Error[] = []
  for (let round = 0; round < 1_000; round++) {
    try {
      await drainQueues(ctx)
      return errors
    } catch (error) {
      errors.push(error as Error)
    }
  }
  throw new Error('The queues do not run empty.')
}

/** Does `work` for every item, so many at once. */
export async function atOnce<T>(
  count: number,
  items: readonly T[],
  work: (item: T) => Promise<unknown>,
): Promise<void> {
  const waiting = [...items]
  const next = async (): Promise<void> => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) await work(item)
  }
  await Promise.all(Array.from({ length: count }, next))
}
