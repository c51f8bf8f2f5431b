import { once } from 'node:events'
import { createServer as createHttpServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Ctx } from '@anancus/core/kernel/context'
import { apiRoutes } from '../../src/api/index.ts'
import type { Route } from '../../src/http/route.ts'
import { createServer } from '../../src/server.ts'
import { checkAnswer, type SeenAnswer } from './answers.ts'

/** An answer, its body read both ways. */
export interface TestAnswer {
  status: number
  headers: Headers
  text: string
  /** Parsed JSON; undefined when the body is none. */
  // oxlint-disable-next-line typescript/no-explicit-any -- tests look at single fields
  body: any
}

export interface TestRequest {
  headers?: Record<string, string>
  /** Sent as JSON. */
  json?: unknown
  /** Sent as a form; use `['a[]', '1']` pairs for lists. */
  form?: Record<string, string> | [string, string][]
  /** Sent as it is: FormData for multipart, a string, bytes. */
  body?: string | Uint8Array<ArrayBuffer> | FormData
}

export interface TestClient {
  get(path: string, request?: TestRequest): Promise<TestAnswer>
  post(path: string, request?: TestRequest): Promise<TestAnswer>
  put(path: string, request?: TestRequest): Promise<TestAnswer>
  patch(path: string, request?: TestRequest): Promise<TestAnswer>
  delete(path: string, request?: TestRequest): Promise<TestAnswer>
  request(method: string, path: string, request?: TestRequest): Promise<TestAnswer>
}

export type TestWeb = TestClient & {
  /** `http://127.0.0.1:port` */
  url: string
  /** A client that sends an access token; takes what `make.token` gives. */
  as(token: string | { secret: string }): TestClient
  close(): Promise<void>
}

/**
 * Starts the web server of a context on a free port. Redirects are not followed. Every answer of the API is held against
 * the API's own description: what differs fails the test.
 *
 * @param options.routes others than the API's
 * @param options.clientFolder another build of the web client
 */
export async function startWeb(
  ctx: Ctx,
  options: { routes?: readonly Route[]; clientFolder?: string } = {},
): Promise<TestWeb> {
  const { routes = apiRoutes, clientFolder } = options
  const server = createHttpServer(createServer(ctx, routes, clientFolder))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const check = routes === apiRoutes ? checkAnswer : () => {}
  return {
    url,
    ...clientFor(url, {}, check),
    as: (token) =>
      clientFor(url, { authorization: `Bearer ${typeof token === 'string' ? token : token.secret}` }, check),
    close: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

/** A client with an access token for a server that runs already. */
export function clientAt(url: string, token: { secret: string }): TestClient {
  return clientFor(url, { authorization: `Bearer ${token.secret}` }, checkAnswer)
}

function clientFor(
  url: string,
  always: Record<string, string>,
  check: (seen: SeenAnswer) => void,
): TestClient {
  const request = async (method: string, path: string, options: TestRequest = {}): Promise<TestAnswer> => {
    const { body, type } = encode(options)
    const headers = { ...always, ...(type ? { 'content-type': type } : {}), ...options.headers }
    const response = await fetch(url + path, {
      method,
      headers,
      redirect: 'manual',
      ...(body ? { body } : {}),
    })
    const text = await response.text()
    check({ method, path, status: response.status, text })
    return { status: response.status, headers: response.headers, text, body: parsed(text) }
  }
  const with_ = (method: string) => (path: string, options?: TestRequest) => request(method, path, options)
  return {
    request,
    get: with_('GET'),
    post: with_('POST'),
    put: with_('PUT'),
    patch: with_('PATCH'),
    delete: with_('DELETE'),
  }
}

type Sendable = NonNullable<RequestInit['body']>

function encode(options: TestRequest): { body?: Sendable; type?: string } {
  if (options.json !== undefined) return { body: JSON.stringify(options.json), type: 'application/json' }
  if (options.form !== undefined)
    return { body: new URLSearchParams(options.form).toString(), type: 'application/x-www-form-urlencoded' }
  return options.body === undefined ? {} : { body: options.body as Sendable }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
