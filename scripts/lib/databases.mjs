import { aptInstall, mayInstall } from './apt.mjs'
import { startPostgres } from './postgres.mjs'
import { step } from './progress.mjs'
import { findRedisServer, noRedisProblem, startRedis } from './redis.mjs'

const DATABASE = 'anancus_development'
const POSTGRES_SETTINGS = ['DATABASE_URL', 'DB_HOST', 'DB_PORT', 'DB_NAME', 'DB_USER', 'DB_PASS']
const REDIS_SETTINGS = ['REDIS_URL', 'REDIS_HOST', 'REDIS_PORT']
const POSTGRES_PORT = 5433
const REDIS_PORT = 6380

export const namesPostgres = (environment) => POSTGRES_SETTINGS.some((name) => environment[name])
export const namesRedis = (environment) => REDIS_SETTINGS.some((name) => environment[name])

/** The PostgreSQL that the environment names (then null), else one of our own. */
export async function developmentPostgres(data, secrets, environment, outlives) {
  if (namesPostgres(environment)) return null
  const server = await step('Starting PostgreSQL', () =>
    startPostgres({
      folder: data.at('postgres'),
      password: secrets.ANANCUS_POSTGRES_PASSWORD,
      port: POSTGRES_PORT,
      databases: [DATABASE],
      logFile: data.at('logs/postgres.log'),
      outlives,
    }),
  )
  return { ...server, name: 'postgres', databaseUrl: server.url(DATABASE) }
}

/** Sees to it that there will be a Redis: one that the environment names, or one of this machine, installed where that is allowed. */
export async function ensureRedis(environment) {
  if (namesRedis(environment) || findRedisServer()) return
  if (!mayInstall()) throw noRedisProblem()
  const installed = await step('Installing redis-server by apt-get', () => aptInstall('redis-server'))
  if (!installed || !findRedisServer()) throw noRedisProblem()
}

/** The Redis that the environment names (then null), else one of our own. */
export async function developmentRedis(data, environment, outlives) {
  if (namesRedis(environment)) return null
  const server = await step('Starting Redis', () =>
    startRedis({
      folder: data.at('redis'),
      port: REDIS_PORT,
      logFile: data.at('logs/redis.log'),
      save: true,
      outlives,
    }),
  )
  return { ...server, name: 'redis' }
}
