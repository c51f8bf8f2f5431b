import { readFileSync } from 'node:fs'
import type { Client, ClientOptions } from '@elastic/elasticsearch'
import type { Config } from './config.ts'

/** Longest wait for one answer of Elasticsearch, in milliseconds; bulk requests take their time. */
const REQUEST_TIMEOUT_MS = 30_000

/** What all its errors are; set with the first client. */
let ClientError: (abstract new (...args: never[]) => Error) | undefined

const opened = new WeakMap<Config, Promise<Client>>()

/**
 * The client of the Elasticsearch that the settings name, one a process. It costs 42 MB and is loaded with its first
 * use. What is tried again, and when, is up to the caller: the client itself does not.
 */
export function elasticsearchOf(config: Config): Promise<Client> {
  const known = opened.get(config)
  if (known) return known
  const client = open(config)
  opened.set(config, client)
  return client
}

/** Closes its connections. */
export async function closeElasticsearch(config: Config): Promise<void> {
  const client = await opened.get(config)
  opened.delete(config)
  await client?.close()
}

/** Whether an error is Elasticsearch's: it is away, late, or refused what was asked. */
export function isElasticsearchError(error: unknown): error is Error & { statusCode?: number } {
  return ClientError !== undefined && error instanceof ClientError
}

async function open(config: Config): Promise<Client> {
  const elasticsearch = await import('@elastic/elasticsearch')
  ClientError = elasticsearch.errors.ElasticsearchClientError
  return new elasticsearch.Client(optionsOf(config))
}

function optionsOf(config: Config): ClientOptions {
  const { ES_HOST: host, ES_PORT: port, ES_USER: username, ES_PASS: password, ES_CA_FILE: file } = config.env
  const url = new URL(/^https?:\/\//.test(host) ? host : `http://${host}`)
  url.port = String(port)
  return {
    node: url.href,
    maxRetries: 0,
    requestTimeout: REQUEST_TIMEOUT_MS,
    name: 'anancus',
    ...(username ? { auth: { username, password: password ?? '' } } : {}),
    ...(file ? { tls: { ca: readFileSync(file) } } : {}),
  }
}
