import { createECDH, createPublicKey, type ECDH, randomBytes, verify } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'

/** A push service and the devices behind it, faked: it records what comes, and devices read it with their own keys. */
export interface PushService {
  /** What a test context needs to reach it. */
  env: { ALLOWED_PRIVATE_HOSTS: string }
  origin: string
  /** A device with fresh keys, and the subscription it would send. */
  device(name?: string): PushDevice
  /** Every push that came, oldest first. */
  pushes: ReceivedPush[]
  /** What it answers from now on: a status, and headers. */
  answer(status: number, headers?: Record<string, string>): void
  close(): Promise<void>
}

export interface ReceivedPush {
  path: string
  headers: IncomingHttpHeaders
  body: Buffer
}

export interface PushDevice {
  subscription: { endpoint: string; keys: { p256dh: string; auth: string } }
  /** Reads a push as this device, by a decoder written by others. */
  read(push: ReceivedPush): Record<string, unknown>
}

interface Ece {
  decrypt(body: Buffer, params: Record<string, unknown>): Buffer
}

/** The decoder stands behind the library we encrypt with; nothing of ours is in it. */
function independentDecoder(): Ece {
  const here = createRequire(import.meta.url)
  return createRequire(here.resolve('web-push'))('http_ece') as Ece
}

/** Starts a push service on a free port. */
export async function startPushService(): Promise<PushService> {
  const pushes: ReceivedPush[] = []
  let next: { status: number; headers: Record<string, string> } = { status: 201, headers: {} }
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      pushes.push({ path: request.url ?? '', headers: request.headers, body: Buffer.concat(chunks) })
      response.writeHead(next.status, next.headers).end()
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const host = `push.localhost:${(server.address() as AddressInfo).port}`
  return {
    env: { ALLOWED_PRIVATE_HOSTS: host },
    origin: `http://${host}`,
    pushes,
    device: (name = randomBytes(6).toString('hex')) => makeDevice(`http://${host}/push/${name}`),
    answer: (status, headers = {}) => {
      next = { status, headers }
    },
    close: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

function makeDevice(endpoint: string): PushDevice {
  const keys = createECDH('prime256v1')
  const point = keys.generateKeys()
  const auth = randomBytes(16)
  return {
    subscription: {
      endpoint,
      keys: { p256dh: point.toString('base64url'), auth: auth.toString('base64url') },
    },
    read: (push) => JSON.parse(decrypted(push, keys, auth).toString('utf8')) as Record<string, unknown>,
  }
}

function decrypted({ headers, body }: ReceivedPush, privateKey: ECDH, authSecret: Buffer): Buffer {
  const version = headers['content-encoding']
  const own = { version, privateKey, authSecret: authSecret.toString('base64url') }
  if (version === 'aes128gcm') return independentDecoder().decrypt(body, own)
  const [, salt] = /^salt=([\w-]+)$/.exec(String(headers.encryption)) ?? []
  const [, dh] = /(?:^|;)dh=([\w-]+)/.exec(String(headers['crypto-key'])) ?? []
  return independentDecoder().decrypt(body, { ...own, salt, dh })
}

/** The claims of the sender's signature on a push, checked against the public key; null when it does not hold. */
export function senderClaims(push: ReceivedPush, publicKey: string): Record<string, unknown> | null {
  const given = String(push.headers.authorization)
  const token = /^(?:WebPush |vapid t=)([\w-]+\.[\w-]+\.[\w-]+)/.exec(given)?.[1] ?? ''
  const [head = '', body = '', signature = ''] = token.split('.')
  const point = Buffer.from(publicKey, 'base64url')
  const key = createPublicKey({
    format: 'jwk',
    key: {
      kty: 'EC',
      crv: 'P-256',
      x: point.subarray(1, 33).toString('base64url'),
      y: point.subarray(33).toString('base64url'),
    },
  })
  const holds = verify(
    'sha256',
    Buffer.from(`${head}.${body}`),
    { key, dsaEncoding: 'ieee-p1363' },
    Buffer.from(signature, 'base64url'),
  )
  return holds ? (JSON.parse(Buffer.from(body, 'base64url').toString()) as Record<string, unknown>) : null
}
