import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { disconnect } from '@anancus/db'
import { seedEssentials } from '@anancus/db/seeds/essentials'
import { TEST_KEYS } from '@anancus/db/testing/test-keys'
import { createCache } from '../src/kernel/cache.ts'
import { systemClock } from '../src/kernel/clock.ts'
import { loadConfig } from '../src/kernel/config.ts'
import type { Ctx } from '../src/kernel/context.ts'
import { openDatabase } from '../src/kernel/database.ts'
import { closeElasticsearch } from '../src/kernel/elasticsearch.ts'
import { createHttpClient } from '../src/kernel/http-client.ts'
import { createLogger } from '../src/kernel/log.ts'
import type { Mail, Mailer } from '../src/kernel/mailer/mailer.ts'
import { createQueues } from '../src/kernel/queue.ts'
import { createRedis } from '../src/kernel/redis.ts'
import { createStorage } from '../src/kernel/storage/index.ts'
import { createTestDatabase, dropTestDatabase, testServices, uniqueName } from './services.ts'
import { storeSettings } from './store.ts'

export type TestOverrides = Partial<Ctx> & {
  /** Settings besides those of a test: `{ SINGLE_USER_MODE: 'true' }`. */
  env?: Record<string, string>
}

/** A real context; its mailer keeps what it sends. */
export type TestContext = Ctx & { mailer: Mailer & { sent: Mail[] } }

const made = new WeakMap<Ctx, { database: string; folder: string; environment: Record<string, string> }>()

/**
 * A real context on a fresh clone of the migrated database with its seeds, its own prefix in Redis and its own folder of
 * files. Make one a test file, in `beforeAll`, and close it in `afterAll`. LOCAL_DOMAIN is `social.test` (https); a
 * fake remote on 127.0.0.1 can be reached once `env.ALLOWED_PRIVATE_HOSTS` names its host and port.
 */
export async function testContext(overrides: TestOverrides = {}): Promise<TestContext> {
  const { env, ...parts } = overrides
  const database = uniqueName()
  const folder = await mkdtemp(join(tmpdir(), 'anancus-files-'))
  const url = await createTestDatabase(database)
  const environment = { ...testEnvironment(url, database, folder), ...storeSettings(), ...env }
  const config = loadConfig(environment)
  const log = createLogger({ level: config.logLevel, name: 'test' })
  const redis = createRedis(config, { purpose: 'commands', name: 'test', log })
  await new Promise<void>((resolve) => redis.once('ready', () => resolve()))
  const ctx: TestContext = {
    config,
    log,
    clock: systemClock,
    db: openDatabase(config, { poolSize: 10 }),
    redis,
    cache: createCache(config, redis, log),
    queues: createQueues(config, redis, log),
    storage: createStorage(config),
    http: createHttpClient(config),
    ...parts,
    mailer: capturingMailer(),
  }
  made.set(ctx, { database, folder, environment })
  await seedEssentials(ctx.db, {
    localDomain: config.localDomain,
    baseUrl: config.baseUrl,
    ...(TEST_KEYS[0] ? { keys: TEST_KEYS[0] } : {}),
  })
  return ctx
}

/** Ends what `testContext` began: connections, keys, files, the database. */
export async function closeTestContext(ctx: Ctx): Promise<void> {
  await ctx.queues.close()
  await ctx.http.close()
  await closeElasticsearch(ctx.config)
  await clearRedis(ctx)
  ctx.redis.disconnect()
  await disconnect(ctx.db)
  const mine = made.get(ctx)
  if (!mine) return
  await dropTestDatabase(mine.database)
  await rm(mine.folder, { recursive: true, force: true })
}

/** The environment a context was made from: what another door of the same instance is started with. */
export function environmentOf(ctx: Ctx): Record<string, string> {
  const mine = made.get(ctx)
  if (!mine) throw new Error('This context was not made by testContext.')
  return mine.environment
}

/** Deletes the keys of this context, and nobody else's. */
export async function clearRedis(ctx: Ctx): Promise<void> {
  const stream = ctx.redis.scanStream({ match: `${ctx.config.redis.prefix}*`, count: 1000 })
  for await (const keys of stream) if (keys.length > 0) await ctx.redis.unlink(...keys)
}

/** The environment of a test process: what `testContext` reads, and what a child process of a test is given. */
export function testEnvironment(databaseUrl: string, prefix: string, folder: string): Record<string, string> {
  return {
    NODE_ENV: 'test',
    LOCAL_DOMAIN: 'social.test',
    LOCAL_HTTPS: 'true',
    DATABASE_URL: databaseUrl,
    REDIS_URL: testServices().redisUrl,
    REDIS_PREFIX: `${prefix}:`,
    PAPERCLIP_ROOT_PATH: join(folder, 'system'),
    MAIL_FOLDER: join(folder, 'mails'),
    SECRET_KEY_BASE: 'a secret of the tests',
    RAILS_LOG_LEVEL: process.env.TEST_LOG_LEVEL ?? 'silent',
  }
}

function capturingMailer(): Mailer & { sent: Mail[] } {
  const sent: Mail[] = []
  return {
    sent,
    send: async (mail) => {
      sent.push(mail)
    },
    close: async () => {},
  }
}
