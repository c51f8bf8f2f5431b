import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** Fifty servers in one process: each a name of its own below .localhost, all on one port. */
export interface Neighbourhood {
  hosts: readonly string[]
  /** Ids of the activities each host has received, in order; repeats are kept. */
  received: ReadonlyMap<string, readonly string[]>
  close(): Promise<void>
}

/**
 * Starts inboxes that answer 202 and remember the id of what they got.
 *
 * @param delayMs how long each takes to answer, so that a crash finds deliveries under way
 */
export async function startNeighbourhood(count: number, delayMs: number): Promise<Neighbourhood> {
  const received = new Map<string, string[]>()
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const activity = JSON.parse(Buffer.concat(chunks).toString()) as { id: string }
      received.get(request.headers.host ?? '')?.push(activity.id)
      setTimeout(() => response.writeHead(202).end(), delayMs)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const hosts = Array.from({ length: count }, (_, index) => `s${index}.localhost:${port}`)
  for (const host of hosts) received.set(host, [])
  return {
    hosts,
    received,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}
