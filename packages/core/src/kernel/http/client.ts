import { Agent, type buildConnector, type Dispatcher } from 'undici'
import type { Config } from '../config.ts'
import { RemoteServerError, StartError } from '../errors.ts'
import type { HttpClient, IncomingResponse, OutgoingRequest } from '../http-client.ts'
import { userAgent } from '../user-agent.ts'
import { type AddressRange, parseRange } from './address.ts'
import { BodyTooLargeError, readBody, UnknownEncodingError } from './body.ts'
import { BlockedAddressError, guardedConnector, openConnector } from './connector.ts'

const DEFAULT_MAX_BYTES = 1024 * 1024
const DEFAULT_DEADLINE_MS = 30_000
const DEFAULT_REDIRECTS = 3
const HEADERS_TIMEOUT_MS = 10_000
const BODY_TIMEOUT_MS = 10_000
const CONNECTIONS_PER_HOST = 16
const REDIRECTS = new Set([301, 302, 303, 307, 308])
/** What proves who we are to one host is nothing for another. */
const SECRET_HEADERS = new Set([
  'authorization',
  'cookie',
  'proxy-authorization',
  'signature',
  'signature-input',
])

/** Opens the client of this process. `config` names the exemptions of development and tests. */
export function createHttpClient(config: Config): HttpClient {
  const agent = newAgent(
    guardedConnector({
      exemptRanges: config.env.ALLOWED_PRIVATE_ADDRESSES.map(rangeOrStop),
      exemptHosts: new Set(config.env.ALLOWED_PRIVATE_HOSTS.map((host) => host.toLowerCase())),
    }),
  )
  const operators = newAgent(openConnector())
  const defaults = { 'user-agent': userAgent(config), 'accept-encoding': 'gzip' }
  return {
    request: (request) =>
      request.isOperatorsOwn
        ? follow(operators, NO_HOSTS, defaults, { ...request, maxRedirects: 0 })
        : follow(agent, config.ownHosts, defaults, request),
    close: async () => {
      await Promise.all([agent.close(), operators.close()])
    },
  }
}

const NO_HOSTS: ReadonlySet<string> = new Set()

function newAgent(connect: buildConnector.connector): Agent {
  return new Agent({
    connect,
    connections: CONNECTIONS_PER_HOST,
    headersTimeout: HEADERS_TIMEOUT_MS,
    bodyTimeout: BODY_TIMEOUT_MS,
    pipelining: 1,
  })
}

function rangeOrStop(text: string): AddressRange {
  const range = parseRange(text)
  if (range) return range
  throw new StartError(`ALLOWED_PRIVATE_ADDRESSES has "${text}", which is neither an address nor a range.`)
}

type Headers = Record<string, string>

async function follow(
  agent: Agent,
  ownHosts: ReadonlySet<string>,
  defaults: Headers,
  request: OutgoingRequest,
): Promise<IncomingResponse> {
  const signal = AbortSignal.timeout(request.deadlineMs ?? DEFAULT_DEADLINE_MS)
  let hopsLeft = request.maxRedirects ?? (request.method === 'POST' ? 0 : DEFAULT_REDIRECTS)
  let url = parse(request.url)
  let headers: Headers = { ...defaults, ...lowerCased(request.headers ?? {}) }
  for (;;) {
    if (ownHosts.has(url.host)) throw refused(url, 'the address is our own')
    const signed = request.sign
      ? { ...headers, ...lowerCased(await request.sign({ method: request.method, url, body: request.body })) }
      : headers
    const response = await send(agent, url, request, signed, signal)
    const next = redirectTarget(response, url)
    if (next === undefined || request.method === 'POST' || request.keepsRedirect) return response
    if (hopsLeft-- === 0) throw refused(url, 'too many redirects', response.status)
    if (next.protocol !== url.protocol && next.protocol !== 'https:')
      throw refused(url, 'redirects from https to http', response.status)
    if (next.origin !== url.origin) headers = withoutSecrets(headers)
    url = next
  }
}

async function send(
  agent: Agent,
  url: URL,
  request: OutgoingRequest,
  headers: Headers,
  signal: AbortSignal,
): Promise<IncomingResponse> {
  try {
    const response = await agent.request({
      origin: url.origin,
      path: url.pathname + url.search,
      method: request.method,
      headers,
      body: request.body ?? null,
      signal,
    })
    const flat = flattened(response.headers)
    const body = await readBody(
      response.body,
      request.method === 'HEAD' ? undefined : flat['content-encoding'],
      request.maxBytes ?? DEFAULT_MAX_BYTES,
      request.isCut,
    )
    return { status: response.statusCode, headers: flat, body, url }
  } catch (cause) {
    throw translated(url, cause, signal)
  }
}

function parse(address: string | URL): URL {
  const url = URL.canParse(String(address)) ? new URL(address) : undefined
  if (!url) throw new RemoteServerError('', 'the address is not a URL', { retryable: false })
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    throw refused(url, `the scheme is ${url.protocol}`)
  if (url.username || url.password) throw refused(url, 'the address holds a user name')
  if (!url.hostname) throw refused(url, 'the address has no host')
  return url
}

function redirectTarget(response: IncomingResponse, from: URL): URL | undefined {
  const { location } = response.headers
  if (!REDIRECTS.has(response.status) || location === undefined) return undefined
  if (!URL.canParse(location, from.href)) throw refused(from, 'redirects to no address', response.status)
  return parse(new URL(location, from))
}

function lowerCased(headers: Headers): Headers {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
}

function withoutSecrets(headers: Headers): Headers {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !SECRET_HEADERS.has(name)))
}

function flattened(headers: Dispatcher.ResponseData['headers']): Headers {
  const flat: Headers = {}
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) flat[name.toLowerCase()] = Array.isArray(value) ? value.join(', ') : value
  }
  return flat
}

function refused(url: URL, reason: string, status?: number): RemoteServerError {
  return new RemoteServerError(url.host, reason, {
    retryable: false,
    ...(status === undefined ? {} : { status }),
  })
}

function translated(url: URL, cause: unknown, signal: AbortSignal): RemoteServerError {
  const error = cause instanceof Error ? cause : new Error(String(cause))
  const isFinal = [BlockedAddressError, BodyTooLargeError, UnknownEncodingError].some(
    (kind) => error instanceof kind,
  )
  const reason = signal.aborted ? 'the answer took too long' : error.message || error.name
  return new RemoteServerError(url.host, reason, { retryable: !isFinal, cause })
}
