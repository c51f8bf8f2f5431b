import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { runBulk } from './bulk.ts'
import { Cluster } from './cluster.ts'
import { illegal, type Json, parsing, Refusal } from './refusal.ts'
import { answerTo } from './routes.ts'

const JSON_TYPE = 'application/vnd.elasticsearch+json; compatible-with=9'
const LINES_TYPE = 'application/vnd.elasticsearch+x-ndjson; compatible-with=9'

export interface Asked {
  method: string
  /** With its query, decoded. */
  path: string
  /** What was sent: JSON, or lines of it. */
  body: unknown
}

/** How it is with the server: well, not there, refusing everything, too busy to write. */
export type Mood = 'well' | 'away' | 'unavailable' | 'busy'

/**
 * A stand-in for Elasticsearch 9 that speaks the part of its HTTP API that we use, and refuses everything else: unknown
 * paths, parameters and keys, fields that are not mapped, versions that are not newer. What is written is seen by
 * searches after a refresh, as there; `refresh()` does it for all.
 */
export class FakeElasticsearch {
  readonly cluster = new Cluster()
  /** Every request since `forget`. */
  readonly asked: Asked[] = []
  /** What was answered with 400: a bug of ours. */
  readonly refused: string[] = []
  mood: Mood = 'well'
  /** Is called before each request is answered. */
  before: (asked: Asked) => Promise<void> | void = () => {}
  readonly #server: Server

  private constructor() {
    this.#server = createServer((request, response) => void this.#answer(request, response))
  }

  static async start(): Promise<FakeElasticsearch> {
    const fake = new FakeElasticsearch()
    await new Promise<void>((resolve) => fake.#server.listen(0, '127.0.0.1', resolve))
    return fake
  }

  /** The settings that lead here. */
  get env(): Record<string, string> {
    return {
      ES_ENABLED: 'true',
      ES_HOST: '127.0.0.1',
      ES_PORT: String((this.#server.address() as AddressInfo).port),
    }
  }

  refresh(): void {
    for (const index of this.cluster.indices.values()) index.refresh()
  }

  /** Empties everything. */
  forget(): void {
    this.cluster.indices.clear()
    this.asked.length = 0
    this.refused.length = 0
    this.mood = 'well'
    this.before = () => {}
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise((resolve) => this.#server.close(resolve))
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const text = await textOf(request)
    if (this.mood === 'away') {
      request.socket.destroy()
      return
    }
    const url = new URL(request.url ?? '/', 'http://elasticsearch')
    const path = decodeURIComponent(url.pathname)
    try {
      if (this.mood === 'unavailable')
        throw new Refusal(
          503,
          'cluster_block_exception',
          'blocked by: [SERVICE_UNAVAILABLE/1/state not recovered]',
        )
      const body = readBody(request, path, text)
      const asked = { method: request.method ?? '', path: path + decodeURIComponent(url.search), body }
      this.asked.push(asked)
      await this.before(asked)
      send(
        response,
        200,
        path === '/_bulk'
          ? this.#bulk(asked, url, text)
          : answerTo(this.cluster, request.method ?? '', path, url.searchParams, body),
      )
    } catch (error) {
      const refusal = error instanceof Refusal ? error : illegal(String(error))
      if (refusal.status === 400) this.refused.push(`${request.method} ${path}: ${refusal.message}`)
      send(response, refusal.status, refusal.body)
    }
  }

  #bulk({ method }: Asked, url: URL, text: string): Json {
    if (method !== 'POST' || url.search !== '') throw illegal('a plain POST is expected')
    if (this.mood === 'busy') return busy(text)
    const answer = runBulk(this.cluster, text)
    for (const item of answer.items as Json[])
      for (const outcome of Object.values(item) as { status: number; error?: { reason: string } }[])
        if (outcome.status === 400) this.refused.push(`bulk: ${outcome.error?.reason}`)
    return answer
  }
}

/** The answer of a server whose queue of writes is full. */
function busy(text: string): Json {
  const error = {
    type: 'es_rejected_execution_exception',
    reason: 'rejected execution of coordinating operation',
  }
  const actions = text.split('\n').filter((line) => /^\{"(index|delete)":\{"_index"/.test(line))
  return {
    took: 1,
    errors: true,
    items: actions.map((line) => {
      const [[kind, action]] = Object.entries(JSON.parse(line)) as [[string, Json]]
      return { [kind]: { _index: action._index, _id: action._id, status: 429, error } }
    }),
  }
}

async function textOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  return Buffer.concat(parts).toString()
}

function readBody(request: IncomingMessage, path: string, text: string): unknown {
  if (!(request.headers.accept ?? '').includes('compatible-with=9'))
    throw new Refusal(406, 'media_type_header_exception', `Invalid media-type value on header [Accept]`)
  if (text === '') return undefined
  const expected = path === '/_bulk' ? LINES_TYPE : JSON_TYPE
  if (request.headers['content-type'] !== expected)
    throw new Refusal(
      406,
      'media_type_header_exception',
      `Content-Type header [${request.headers['content-type']}] is not supported`,
    )
  try {
    return path === '/_bulk'
      ? text
          .trimEnd()
          .split('\n')
          .map((line) => JSON.parse(line))
      : JSON.parse(text)
  } catch {
    throw parsing('the body is no JSON')
  }
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'Content-Type': JSON_TYPE, 'X-Elastic-Product': 'Elasticsearch' })
  response.end(JSON.stringify(body))
}
