import { Redis, type RedisOptions } from 'ioredis'
import type { Config } from './config.ts'
import type { Logger } from './log.ts'

/** A command that takes longer has failed; a server that says nothing for this long is cut off and dialled again. */
const COMMAND_TIMEOUT_MS = 2_000
const SILENCE_TIMEOUT_MS = 3_000
const CONNECT_TIMEOUT_MS = 5_000
const LONGEST_RECONNECT_WAIT_MS = 2_000

/**
 * What a connection is for. `commands`: fails at once while Redis is away, so that no request hangs. `blocking`: the
 * workers of the queue, which wait for Redis as long as it takes. `subscriber`: pub/sub, subscribes again by itself.
 */
export type RedisPurpose = 'commands' | 'blocking' | 'subscriber'

const OPTIONS: Record<RedisPurpose, RedisOptions> = {
  commands: {
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    commandTimeout: COMMAND_TIMEOUT_MS,
    socketTimeout: SILENCE_TIMEOUT_MS,
  },
  // A queue is waited for ten seconds at most; a subscriber is pinged. What says nothing for longer is dead.
  blocking: { maxRetriesPerRequest: null, socketTimeout: 30_000 },
  subscriber: { maxRetriesPerRequest: null, autoResubscribe: true, socketTimeout: 10_000 },
}

/**
 * Opens a connection, which dials again by itself for ever, with jitter so that a whole fleet does not come back in
 * one instant. Its errors are logged once per outage.
 */
export function createRedis(
  config: Config,
  options: { purpose: RedisPurpose; name: string; log: Logger },
): Redis {
  const redis = open(config, {
    ...OPTIONS[options.purpose],
    connectTimeout: CONNECT_TIMEOUT_MS,
    connectionName: `${config.redis.prefix}anancus-${options.name}`,
    keepAlive: 10_000,
    retryStrategy: (times) => Math.min(LONGEST_RECONNECT_WAIT_MS, 50 * 2 ** Math.min(times, 6)) * jitter(),
  })
  reportOutages(redis, options.log.child({ redis: options.purpose }))
  return redis
}

function open({ env }: Config, options: RedisOptions): Redis {
  if (env.REDIS_URL) return new Redis(env.REDIS_URL, options)
  return new Redis({
    ...options,
    host: env.REDIS_HOST,
    port: env.REDIS_PORT,
    db: env.REDIS_DB,
    ...(env.REDIS_USER ? { username: env.REDIS_USER } : {}),
    ...(env.REDIS_PASSWORD ? { password: env.REDIS_PASSWORD } : {}),
  })
}

function jitter(): number {
  return 0.5 + Math.random() / 2
}

/** Before the first connection nothing is said here: whoever starts the process tells why it cannot. */
function reportOutages(redis: Redis, log: Logger): void {
  let state: 'new' | 'here' | 'away' = 'new'
  redis.on('error', (error: Error) => {
    if (state !== 'here') return
    log.error({ error }, 'Redis is away')
    state = 'away'
  })
  redis.on('ready', () => {
    if (state === 'away') log.info({}, 'Redis is back')
    state = 'here'
  })
}

/** Whether a command sent now has a chance. */
export function isRedisReady(redis: Redis): boolean {
  return redis.status === 'ready'
}
