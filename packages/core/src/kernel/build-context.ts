import { disconnect } from '@anancus/db'
import { createCache } from './cache.ts'
import { systemClock } from './clock.ts'
import type { Config } from './config.ts'
import type { Ctx } from './context.ts'
import { openDatabase } from './database.ts'
import { closeElasticsearch } from './elasticsearch.ts'
import { StartError } from './errors.ts'
import { parseRange } from './http/address.ts'
import type { HttpClient } from './http-client.ts'
import { createLogger } from './log.ts'
import { createMailer } from './mailer/index.ts'
import { createQueues } from './queue.ts'
import { createRedis } from './redis.ts'
import { createStorage } from './storage/index.ts'

const REDIS_DEADLINE_MS = 5_000

/**
 * Builds what a process works with, once, in its `main`. Connections are made here, so that a process that cannot work
 * says so and ends before it listens.
 *
 * @param options.poolSize connections to the database, unless DB_POOL says (default 10)
 * @throws StartError the database or Redis cannot be reached, or Redis may throw away what it holds
 */
export async function buildContext(
  config: Config,
  options: { name: string; poolSize?: number },
): Promise<Ctx> {
  const log = createLogger({ level: config.logLevel, name: options.name })
  const redis = createRedis(config, { purpose: 'commands', name: options.name, log })
  const ctx: Ctx = {
    config,
    log,
    clock: systemClock,
    db: openDatabase(config, { poolSize: options.poolSize ?? 10 }),
    redis,
    cache: createCache(config, redis, log),
    queues: createQueues(config, redis, log),
    storage: createStorage(config),
    http: lazyHttpClient(config),
    mailer: createMailer(config, log),
  }
  try {
    await Promise.all([checkDatabase(ctx), checkRedis(ctx)])
    return ctx
  } catch (error) {
    await closeContext(ctx)
    throw error
  }
}

/** The client of other servers costs some 25 MB, which a process that never asks one need not have. */
function lazyHttpClient(config: Config): HttpClient {
  for (const range of config.env.ALLOWED_PRIVATE_ADDRESSES) {
    if (!parseRange(range))
      throw new StartError(
        `ALLOWED_PRIVATE_ADDRESSES has "${range}", which is neither an address nor a range.`,
      )
  }
  let client: Promise<HttpClient> | undefined
  const load = async () => (await import('./http-client.ts')).createHttpClient(config)
  return {
    async request(request) {
      client ??= load()
      return (await client).request(request)
    },
    close: async () => (await client)?.close(),
  }
}

/** Closes every connection of a context, in the order that lets running work end. */
export async function closeContext(ctx: Ctx): Promise<void> {
  await ctx.queues.close()
  await Promise.allSettled([ctx.mailer.close(), ctx.http.close(), closeElasticsearch(ctx.config)])
  ctx.redis.disconnect()
  await disconnect(ctx.db)
}

async function checkDatabase(ctx: Ctx): Promise<void> {
  try {
    await ctx.db.raw('select 1')
  } catch (error) {
    const { env } = ctx.config
    const where = env.DATABASE_URL
      ? 'at DATABASE_URL'
      : `at ${env.DB_HOST}:${env.DB_PORT} (DB_HOST, DB_PORT), database ${env.DB_NAME}`
    throw new StartError(`PostgreSQL cannot be reached ${where}: ${messageOf(error)}`, error)
  }
}

async function checkRedis(ctx: Ctx): Promise<void> {
  await redisReady(ctx)
  const [, policy] = (await ctx.redis.config('GET', 'maxmemory-policy').catch(() => [])) as string[]
  // A hosted Redis may refuse CONFIG; then nobody can say.
  if (policy !== undefined && policy !== 'noeviction') {
    throw new StartError(
      `Redis is set to throw keys away when memory is short (maxmemory-policy ${policy}), and queued work with them: set "maxmemory-policy noeviction".`,
    )
  }
}

async function redisReady(ctx: Ctx): Promise<void> {
  if (ctx.redis.status === 'ready') return
  let last: unknown
  const remember = (error: unknown) => {
    last = error
  }
  ctx.redis.on('error', remember)
  try {
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(reject, REDIS_DEADLINE_MS)
      ctx.redis.once('ready', () => {
        clearTimeout(timer)
        resolve()
      })
    })
  } catch {
    const { env } = ctx.config
    const where = env.REDIS_URL
      ? 'at REDIS_URL'
      : `at ${env.REDIS_HOST}:${env.REDIS_PORT} (REDIS_HOST, REDIS_PORT)`
    throw new StartError(`Redis cannot be reached ${where}: ${messageOf(last)}`, last)
  } finally {
    ctx.redis.off('error', remember)
  }
}

function messageOf(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(messageOf).join(', ')
  if (error instanceof Error)
    return error.message || String((error as NodeJS.ErrnoException).code ?? error.name)
  return 'it does not answer'
}
