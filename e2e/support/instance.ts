import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect, disconnect } from '@anancus/db'
import { generateSecrets } from '@anancus/core/kernel/secrets'
import { NODE, ROOT } from '../../scripts/lib/paths.mjs'
import { freePort } from '../../scripts/lib/ports.mjs'
import { startTier, untilHealthy } from '../../scripts/lib/tiers.mjs'
import { testServices } from './services.ts'

type Tier = ReturnType<typeof startTier>
export type TierName = 'web' | 'streaming' | 'worker'

export interface Ports {
  web: number
  streaming: number
  worker: number
}

export interface InstanceOptions {
  /** Becomes the name below .localhost. */
  name: string
  ports: Ports
  /** `host:port` of the other instances it may talk to. */
  neighbours: readonly string[]
  /** A Redis of its own, for tests that kill or flush it; else a prefix in the shared one. */
  redisUrl?: string
  /** The host name, without a port, where somebody ends TLS in front of it; else plain http below .localhost. */
  domain?: string
  /** The address to listen on. Default 127.0.0.1. */
  address?: string
  env?: Record<string, string>
}

/** A whole instance: three processes, a database, a Redis prefix and a folder of its own. */
export interface Instance {
  domain: string
  baseUrl: string
  streamingUrl: string
  databaseUrl: string
  env: Record<string, string>
  start(...tiers: TierName[]): Promise<void>
  stop(...tiers: TierName[]): Promise<void>
  /** SIGKILL, as a machine would. */
  kill(tier: TierName): Promise<void>
  /** Runs the operator's command line and gives what it printed. @throws Error it failed */
  anancus(...args: string[]): string
  log(tier: TierName): string
  close(): Promise<void>
}

export async function pickPorts(): Promise<Ports> {
  return { web: await freePort(), streaming: await freePort(), worker: await freePort() }
}

export function domainOf(name: string, ports: Ports): string {
  return `${name}.localhost:${ports.web}`
}

const ALL: readonly TierName[] = ['web', 'streaming', 'worker']

/** Prepares an instance; nothing runs until `start`. */
export async function createInstance(options: InstanceOptions): Promise<Instance> {
  const services = testServices()
  const { ports } = options
  const { domain = domainOf(options.name, ports), address = '127.0.0.1' } = options
  const streamingUrl = options.domain
    ? `wss://${domain}`
    : `ws://${options.name}.localhost:${ports.streaming}`
  const database = `anancus_e2e_${services.runId}_${options.name}_${ports.web}`
  await onServer(
    services.databaseUrl,
    `create database ${database} template ${services.template} strategy file_copy`,
  )
  const databaseUrl = withDatabase(services.databaseUrl, database)
  const folder = mkdtempSync(join(tmpdir(), `anancus-e2e-${options.name}-`))
  const env: Record<string, string> = {
    PATH: process.env.PATH ?? '',
    NODE_ENV: 'development',
    NODE_COMPILE_CACHE: join(ROOT, '.cache/node'),
    LOCAL_DOMAIN: domain,
    BIND: address,
    STREAMING_API_BASE_URL: streamingUrl,
    ALLOWED_PRIVATE_HOSTS: [domain, ...options.neighbours].join(','),
    DATABASE_URL: databaseUrl,
    REDIS_URL: options.redisUrl ?? services.redisUrl,
    REDIS_PREFIX: options.redisUrl ? '' : `${database}:`,
    PAPERCLIP_ROOT_PATH: join(folder, 'system'),
    MAIL_FOLDER: join(folder, 'mails'),
    WORKER_PORT: String(ports.worker),
    OAUTH_PASSWORD_GRANT: 'true',
    RAILS_LOG_LEVEL: 'info',
    ...generateSecrets(),
    ...options.env,
  }
  const tiers = new Map<TierName, Tier>()
  const health: Record<TierName, string> = {
    web: `http://${address}:${ports.web}/health`,
    streaming: `http://${address}:${ports.streaming}/api/v1/streaming/health`,
    worker: `http://${address}:${ports.worker}/health`,
  }
  const stopOne = async (name: TierName) => {
    await tiers.get(name)?.stop()
    tiers.delete(name)
  }
  const instance: Instance = {
    domain,
    baseUrl: `${options.domain ? 'https' : 'http'}://${domain}`,
    streamingUrl,
    databaseUrl,
    env,
    start: async (...names) => {
      for (const name of names.length > 0 ? names : ALL) {
        const port = name === 'worker' ? {} : { PORT: String(ports[name]) }
        const tier = startTier({
          name,
          env: { ...env, ...port },
          logFile: join(folder, `${name}.log`),
          outlives: undefined,
        })
        tiers.set(name, tier)
      }
      for (const [name, tier] of tiers) await untilHealthy(tier, health[name])
    },
    stop: async (...names) => {
      for (const name of names.length > 0 ? names : ALL) await stopOne(name)
    },
    kill: async (name) => {
      const tier = tiers.get(name)
      if (!tier) return
      const ended = new Promise((resolve) => tier.child.once('exit', resolve))
      tier.child.kill('SIGKILL')
      await ended
      tiers.delete(name)
    },
    anancus: (...args) => anancus(env, args),
    log: (name) => tiers.get(name)?.tail() ?? '',
    close: async () => {
      for (const name of ALL) await stopOne(name)
      await onServer(services.databaseUrl, `drop database if exists ${database} with (force)`)
      rmSync(folder, { recursive: true, force: true })
    },
  }
  instance.anancus('db', 'migrate')
  return instance
}

function anancus(env: Record<string, string>, args: readonly string[]): string {
  const result = spawnSync(NODE, ['apps/cli/src/main.ts', ...args], { cwd: ROOT, env, encoding: 'utf8' })
  if (result.status !== 0)
    throw new Error(`anancus ${args.join(' ')} failed:\n${result.stdout}${result.stderr}`)
  return result.stdout
}

async function onServer(databaseUrl: string, sql: string): Promise<void> {
  const db = connect({ url: databaseUrl, poolSize: 1 })
  try {
    await db.raw(sql)
  } finally {
    await disconnect(db)
  }
}

function withDatabase(databaseUrl: string, database: string): string {
  const url = new URL(databaseUrl)
  url.pathname = `/${database}`
  return url.href
}
