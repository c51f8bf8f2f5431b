import { once } from 'node:events'
import { type IncomingMessage, request } from 'node:http'
import { createServer } from 'node:https'
import { connect } from 'node:net'
import type { Certificate } from './authority.ts'

export interface GatewayOptions {
  certificate: Certificate
  address: string
  /** Ports of the tiers at the same address. */
  ports: { web: number; streaming: number }
}

export interface Gateway {
  close(): Promise<void>
}

const HTTPS_PORT = 443
/** Longer than anybody keeps a connection without a use for it, so that none is closed under a request. */
const KEEP_ALIVE_MS = 65_000

/** Ends TLS in front of an instance on port 443 of its address and sorts requests, as an operator's proxy does. */
export async function openGateway({ certificate, address, ports }: GatewayOptions): Promise<Gateway> {
  const portFor = (url = '') => (url.startsWith('/api/v1/streaming') ? ports.streaming : ports.web)
  const server = createServer(certificate, (incoming, outgoing) => {
    const { method, url } = incoming
    const onward = request({
      host: address,
      port: portFor(url),
      method,
      path: url,
      headers: forwarded(incoming),
    })
    onward.once('response', (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.rawHeaders)
      answer.pipe(outgoing)
    })
    onward.once('error', () => (outgoing.headersSent ? outgoing.destroy() : outgoing.writeHead(502).end()))
    incoming.pipe(onward)
  })
  server.on('upgrade', (incoming, socket, head) => {
    const onward = connect(portFor(incoming.url), address, () => {
      const lines = Object.entries(forwarded(incoming)).map(([name, value]) => `${name}: ${value}\r\n`)
      onward.write(`GET ${incoming.url} HTTP/1.1\r\n${lines.join('')}\r\n`)
      onward.write(head)
      onward.pipe(socket).pipe(onward)
    })
    onward.on('error', () => socket.destroy())
    socket.on('error', () => onward.destroy())
  })
  server.keepAliveTimeout = KEEP_ALIVE_MS
  server.listen(HTTPS_PORT, address)
  await once(server, 'listening')
  return {
    close: async () => {
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
    },
  }
}

function forwarded(incoming: IncomingMessage): Record<string, string> {
  const headers = Object.entries(incoming.headers).map(([name, value]) => [name, String(value)])
  return {
    ...Object.fromEntries(headers),
    'x-forwarded-for': incoming.socket.remoteAddress ?? '',
    'x-forwarded-proto': 'https',
  }
}
