import { createHash, createPrivateKey, sign } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { TEST_KEYS } from '@anancus/db/testing/test-keys'

/**
 * Other servers, faked: several hosts on one loopback port, each serving what a test scripts, recording what it is asked
 * and sent, and signing what it delivers. Plain HTTP; `testContext({ env: remotes.env })` lets the guard through to
 * exactly these hosts. Signing here is written apart from the signing of ours, so that the two check each other.
 */
export interface Remotes {
  /** What a test context needs to reach them. */
  env: { ALLOWED_PRIVATE_HOSTS: string }
  host(name: string): Remote
  /** Forgets what was served and recorded, on every host. */
  reset(): void
  close(): Promise<void>
}

/** One request as it came. */
export interface Recorded {
  method: string
  host: string
  path: string
  headers: IncomingMessage['headers']
  body: string
}

/** What a path answers: an object is a document; a function may write anything itself, or never. */
export type Answer =
  | object
  | ((request: Recorded, response: ServerResponse) => object | undefined | Promise<object | undefined>)

export interface Reply {
  status?: number
  type?: string
  headers?: Record<string, string>
  body?: string | Buffer | object
}

const AP = 'application/activity+json'
const AS = 'https://www.w3.org/ns/activitystreams'

/** A reply that is no plain document. */
export function reply(parts: Reply): Answer {
  return (_request, response) => {
    const body =
      typeof parts.body === 'string' || Buffer.isBuffer(parts.body)
        ? parts.body
        : JSON.stringify(parts.body ?? {})
    response.writeHead(parts.status ?? 200, { 'content-type': parts.type ?? AP, ...parts.headers })
    response.end(body)
    return undefined
  }
}

export const gone = (): Answer => reply({ status: 410, body: { error: 'gone' } })
export const redirect = (to: string, status = 302): Answer =>
  reply({ status, headers: { location: to }, body: '' })
/** Accepts the request and never answers. */
export const silence = (): Answer => () => undefined

export interface RemoteActor {
  uri: string
  keyId: string
  inbox: string
  followers: string
  handle: string
  privateKey: string
  /** The served document; change it, and the next fetch sees the change. */
  document: Record<string, unknown>
}

export interface Remote {
  host: string
  origin: string
  /** Everything asked of this host, in order. */
  requests: Recorded[]
  /** The activities that came to its inboxes. */
  received: Record<string, unknown>[]
  serve(path: string, answer: Answer): void
  /** An actor with WebFinger, key and an inbox that says 202. `overrides` go over its document. */
  actor(name: string, overrides?: Record<string, unknown>): RemoteActor
  /** A public note of an actor, served under its id. */
  note(author: RemoteActor, overrides?: Record<string, unknown>): Record<string, unknown> & { id: string }
  /** Answers WebFinger about a handle; `null` is 404. */
  webfinger(handle: string, self: string | null, subject?: string): void
  url(path: string): string
}

let counter = 0

/** Starts the hosts `<name>.localhost` on one free port. */
export async function startRemotes(names: readonly string[]): Promise<Remotes> {
  const hosts = new Map<string, RemoteState>()
  const server = createServer((request, response) => {
    void handle(hosts, request, response)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  for (const name of names) {
    const host = `${name}.localhost:${port}`
    hosts.set(host, newState(host))
  }
  return {
    env: { ALLOWED_PRIVATE_HOSTS: [...hosts.keys()].join(' ') },
    host: (name) => remoteOf(mustHave(hosts, `${name}.localhost:${port}`)),
    reset: () => {
      for (const state of hosts.values()) Object.assign(state, newState(state.host))
    },
    close: () => closeServer(server),
  }
}

interface RemoteState {
  host: string
  answers: Map<string, Answer>
  handles: Map<string, { self: string | null; subject: string }>
  requests: Recorded[]
  received: Record<string, unknown>[]
}

function newState(host: string): RemoteState {
  return { host, answers: new Map(), handles: new Map(), requests: [], received: [] }
}

function mustHave(hosts: Map<string, RemoteState>, host: string): RemoteState {
  const state = hosts.get(host)
  if (!state) throw new Error(`There is no remote ${host}.`)
  return state
}

async function closeServer(server: Server): Promise<void> {
  server.closeAllConnections()
  server.close()
  await once(server, 'close')
}

async function handle(
  hosts: Map<string, RemoteState>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const { method = 'GET', url: path = '/', headers } = request
  const recorded = { method, host: headers.host ?? '', path, headers, body: Buffer.concat(chunks).toString() }
  const state = hosts.get(recorded.host)
  if (!state) return void response.writeHead(421).end()
  state.requests.push(recorded)
  const answer = state.answers.get(path) ?? state.answers.get(path.split('?', 1)[0] as string)
  if (answer) await write(answer, recorded, response)
  else if (path.startsWith('/.well-known/webfinger')) writeWebFinger(state, path, response)
  else response.writeHead(404, { 'content-type': 'application/json' }).end('{}')
}

async function write(answer: Answer, recorded: Recorded, response: ServerResponse): Promise<void> {
  const document = typeof answer === 'function' ? await answer(recorded, response) : answer
  if (document === undefined || response.headersSent) return
  response.writeHead(200, { 'content-type': AP }).end(JSON.stringify(document))
}

function writeWebFinger(state: RemoteState, path: string, response: ServerResponse): void {
  const resource = new URL(path, 'http://x').searchParams.get('resource') ?? ''
  const known = state.handles.get(resource.replace(/^acct:/, '').toLowerCase())
  if (!known || known.self === null) return void response.writeHead(404).end('{}')
  response.writeHead(200, { 'content-type': 'application/jrd+json' })
  response.end(
    JSON.stringify({
      subject: `acct:${known.subject}`,
      links: [{ rel: 'self', type: AP, href: known.self }],
    }),
  )
}

function remoteOf(state: RemoteState): Remote {
  const origin = `http://${state.host}`
  const url = (path: string) => origin + path
  const remote: Remote = {
    host: state.host,
    origin,
    get requests() {
      return state.requests
    },
    get received() {
      return state.received
    },
    url,
    serve: (path, answer) => void state.answers.set(path, answer),
    webfinger: (handle, self, subject = handle) =>
      void state.handles.set(handle.toLowerCase(), { self, subject }),
    actor: (name, overrides = {}) => makeActor(state, remote, name, overrides),
    note: (author, overrides = {}) => makeNote(remote, author, overrides),
  }
  return remote
}

function makeActor(
  state: RemoteState,
  remote: Remote,
  name: string,
  overrides: Record<string, unknown>,
): RemoteActor {
  const keys = TEST_KEYS[counter++ % TEST_KEYS.length]
  if (!keys) throw new Error('The pool of test keys is empty.')
  const uri = remote.url(`/users/${name}`)
  const handle = `${name}@${state.host}`
  const document = {
    '@context': [AS, 'https://w3id.org/security/v1'],
    id: uri,
    type: 'Person',
    preferredUsername: name,
    name,
    summary: '',
    inbox: `${uri}/inbox`,
    outbox: `${uri}/outbox`,
    followers: `${uri}/followers`,
    following: `${uri}/following`,
    url: remote.url(`/@${name}`),
    publicKey: { id: `${uri}#main-key`, owner: uri, publicKeyPem: keys.publicKey },
    ...overrides,
  }
  remote.serve(`/users/${name}`, () => document)
  remote.serve(`/users/${name}/inbox`, (request, response) => {
    state.received.push(JSON.parse(request.body) as Record<string, unknown>)
    response.writeHead(202).end()
    return undefined
  })
  remote.webfinger(handle, uri)
  return {
    uri,
    keyId: `${uri}#main-key`,
    inbox: `${uri}/inbox`,
    followers: `${uri}/followers`,
    handle,
    privateKey: keys.privateKey,
    document,
  }
}

function makeNote(
  remote: Remote,
  author: RemoteActor,
  overrides: Record<string, unknown>,
): Record<string, unknown> & { id: string } {
  const id = (overrides.id as string | undefined) ?? `${author.uri}/statuses/${++counter}`
  const note = {
    '@context': AS,
    type: 'Note',
    attributedTo: author.uri,
    content: `<p>Note ${counter}</p>`,
    published: new Date().toISOString(),
    to: [`${AS}#Public`],
    cc: [author.followers],
    ...overrides,
    id,
  }
  if (id.startsWith(remote.origin)) remote.serve(id.slice(remote.origin.length), () => note)
  return note
}

/** An activity with a context and an id of its actor's house. */
export function activity(
  actor: RemoteActor,
  type: string,
  object: unknown,
  more: Record<string, unknown> = {},
): Record<string, unknown> {
  const id = `${actor.uri}/activities/${++counter}`
  return { '@context': AS, id, type, actor: actor.uri, object, ...more }
}

export interface SignOptions {
  keyId?: string
  privateKey?: string
  date?: Date
  /** Headers the signature covers, in order. */
  covered?: readonly string[]
  algorithm?: string | null
  method?: string
  /** Replaces or removes headers after signing. */
  tamper?: Record<string, string | undefined>
  /** Another body than the signed one. */
  sentBody?: string
}

/** A request as `acceptDelivery` takes it, and as `fetch` sends it. */
export interface DeliveryRequest {
  method: string
  target: string
  headers: Record<string, string>
  body: Buffer
}

/** Signs a delivery as Mastodon does (draft-cavage-12); every part can be spoilt. */
export function signDelivery(
  actor: Pick<RemoteActor, 'keyId' | 'privateKey'>,
  document: unknown,
  to: { host: string; target?: string },
  options: SignOptions = {},
): DeliveryRequest {
  const body = typeof document === 'string' ? document : JSON.stringify(document)
  const target = to.target ?? '/inbox'
  const method = options.method ?? 'POST'
  const headers: Record<string, string> = {
    host: to.host,
    date: (options.date ?? new Date()).toUTCString(),
    ...(method === 'POST'
      ? {
          digest: `SHA-256=${createHash('sha256').update(body).digest('base64')}`,
          'content-type': AP,
        }
      : { accept: AP }),
  }
  const covered = options.covered ?? [...Object.keys(headers), '(request-target)']
  const text = covered
    .map((name) =>
      name === '(request-target)'
        ? `(request-target): ${method.toLowerCase()} ${target}`
        : `${name}: ${headers[name]}`,
    )
    .join('\n')
  const key = createPrivateKey(options.privateKey ?? actor.privateKey)
  const signature = sign('sha256', Buffer.from(text), key).toString('base64')
  const algorithm = options.algorithm === null ? '' : `algorithm="${options.algorithm ?? 'rsa-sha256'}",`
  headers.signature = `keyId="${options.keyId ?? actor.keyId}",${algorithm}headers="${covered.join(' ')}",signature="${signature}"`
  for (const [name, value] of Object.entries(options.tamper ?? {})) {
    if (value === undefined) delete headers[name]
    else headers[name] = value
  }
  return {
    method,
    target,
    headers,
    body: method === 'GET' ? Buffer.alloc(0) : Buffer.from(options.sentBody ?? body),
  }
}
