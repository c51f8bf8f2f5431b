import { connect, type Db, type DbOptions, usePreparedStatements } from '@anancus/db'
import type { Config } from './config.ts'

/** Longest one statement may run, and longest wait for a free connection. */
const STATEMENT_TIMEOUT_MS = 15_000
const ACQUIRE_TIMEOUT_MS = 5_000

/** Opens the pool of this process. Nothing connects until the first query. */
export function openDatabase(config: Config, options: { poolSize: number }): Db {
  usePreparedStatements(config.env.PREPARED_STATEMENTS)
  return connect({
    ...databaseAddress(config),
    poolSize: config.env.DB_POOL || options.poolSize,
    statementTimeoutMs: STATEMENT_TIMEOUT_MS,
    acquireTimeoutMs: ACQUIRE_TIMEOUT_MS,
  })
}

/** Where the database is, as the environment says it. */
export function databaseAddress({ env }: Config): Omit<DbOptions, 'poolSize'> {
  if (env.DATABASE_URL) return { url: env.DATABASE_URL }
  return {
    host: env.DB_HOST,
    port: env.DB_PORT,
    database: env.DB_NAME,
    user: env.DB_USER,
    password: env.DB_PASS,
    ssl: TLS[env.DB_SSLMODE],
  }
}

/** NOTE: libpq's `prefer` means trying both; a server on the same host or network is what it is meant for, so no TLS. */
const TLS = {
  disable: false,
  prefer: false,
  require: { rejectUnauthorized: false },
  'no-verify': { rejectUnauthorized: false },
  'verify-full': { rejectUnauthorized: true },
} as const
