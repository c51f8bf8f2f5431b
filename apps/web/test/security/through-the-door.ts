import { once } from 'node:events'
import { createServer as createHttpServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Ctx } from '@anancus/core/kernel/context'
import { comeInBy } from '@anancus/core/testing/deliver'
import type { DeliveryRequest } from '@anancus/core/testing/remote'
import { createServer } from '../../src/server.ts'
import { sendSigned } from '../support/send-signed.ts'

const DOMAIN = '../../../../packages/core/src/domain'

/**
 * Runs tests of the rooms once more, against a running server: what their remotes send comes in over HTTP, and is seen
 * by everything that stands before the rooms.
 *
 * @param files below `packages/core/src/domain`, without `.db.test.ts`
 */
export function runThroughTheDoor(files: readonly string[]): void {
  const servers = new Map<Ctx, Server>()
  comeInBy(async (ctx, request) => knock(await serverOf(servers, ctx), request))
  afterAll(async () => {
    for (const server of servers.values()) {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    }
  })
  for (const file of files) describe(file, () => void jest.requireActual(`${DOMAIN}/${file}.db.test.ts`))
}

/** The server of a context; those that a test makes of another get one of their own. */
async function serverOf(servers: Map<Ctx, Server>, ctx: Ctx): Promise<Server> {
  const known = servers.get(ctx)
  if (known) return known
  const server = createHttpServer(createServer(ctx))
  servers.set(ctx, server)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return server
}

async function knock(server: Server, request: DeliveryRequest): Promise<void> {
  const { port } = server.address() as AddressInfo
  const { status, text } = await sendSigned(`http://127.0.0.1:${port}`, request)
  if (status === 202) return
  if (status < 400 || status >= 500) throw new Error(`The inbox answered ${status}: ${text}`)
  throw Object.assign(new Error(text), { status })
}
