import type { Config } from '@anancus/core/kernel/config'
import { databaseAddress } from '@anancus/core/kernel/database'
import { StartError } from '@anancus/core/kernel/errors'
import { connect, disconnect } from '@anancus/db'
import { Redis } from 'ioredis'

const DEADLINE_MS = 10_000
const OLDEST_POSTGRES = 140_000

type Failure = Error & { code?: string }

/** Whether the PostgreSQL that the settings name lets us in. @throws StartError naming the setting and the remedy */
export async function checkPostgres(config: Config): Promise<void> {
  const db = connect({ ...databaseAddress(config), poolSize: 1, acquireTimeoutMs: DEADLINE_MS })
  try {
    const { rows } = await db.raw<{ rows: { version: string }[] }>(
      "select current_setting('server_version_num') as version",
    )
    if (Number(rows[0]?.version) < OLDEST_POSTGRES)
      throw new StartError('The PostgreSQL server is older than version 14: upgrade it, or name another one.')
  } catch (error) {
    if (error instanceof StartError) throw error
    throw new StartError(postgresSentence(config, error as Failure), error)
  } finally {
    await disconnect(db)
  }
}

function postgresSentence({ env }: Config, error: Failure): string {
  const setting = env.DATABASE_URL ? 'DATABASE_URL' : 'DB_HOST and DB_PORT'
  const place = env.DATABASE_URL ? placeOf(env.DATABASE_URL) : `${env.DB_HOST}:${env.DB_PORT}`
  switch (error.code) {
    case '28P01':
    case '28000':
      return `PostgreSQL at ${place} refuses the user: correct ${env.DATABASE_URL ? 'user and password in DATABASE_URL' : 'DB_USER and DB_PASS'}.`
    case '3D000':
      return `PostgreSQL at ${place} has no such database (${error.message}): create it, or correct ${env.DATABASE_URL ? 'DATABASE_URL' : 'DB_NAME'}.`
    default:
      return `PostgreSQL cannot be reached at ${place} (${error.code ?? error.message}): correct ${setting}, or leave them out to use the PostgreSQL that comes with npm start.`
  }
}

/** Whether the Redis that the settings name answers. @throws StartError naming the setting and the remedy */
export async function checkRedis({ env }: Config): Promise<void> {
  const options = {
    lazyConnect: true,
    connectTimeout: DEADLINE_MS,
    retryStrategy: () => null,
    maxRetriesPerRequest: 0,
  }
  const parts = {
    host: env.REDIS_HOST,
    port: env.REDIS_PORT,
    db: env.REDIS_DB,
    ...(env.REDIS_USER ? { username: env.REDIS_USER } : {}),
    ...(env.REDIS_PASSWORD ? { password: env.REDIS_PASSWORD } : {}),
  }
  const redis = env.REDIS_URL ? new Redis(env.REDIS_URL, options) : new Redis({ ...parts, ...options })
  let cause: Failure | undefined
  redis.on('error', (error: Failure) => {
    cause ??= error
  })
  try {
    await redis.connect()
    await redis.ping()
  } catch (error) {
    const reason = cause ?? (error as Failure)
    const setting = env.REDIS_URL ? 'REDIS_URL' : 'REDIS_HOST and REDIS_PORT'
    const place = env.REDIS_URL ? placeOf(env.REDIS_URL) : `${env.REDIS_HOST}:${env.REDIS_PORT}`
    throw new StartError(
      `Redis cannot be reached at ${place} (${reason.code ?? reason.message}): correct ${setting}, or leave them out to let npm start bring up its own.`,
      error,
    )
  } finally {
    redis.disconnect()
  }
}

/** Host and port of an address, without its password. */
function placeOf(address: string): string {
  return URL.canParse(address)
    ? new URL(address).host || address.replace(/\/\/[^@]*@/, '//')
    : 'an address that is none'
}
