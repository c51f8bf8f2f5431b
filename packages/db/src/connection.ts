import knex, { type Knex } from 'knex'
import pg from 'pg'
import { notifyStatement } from './statement.ts'

/** A pool, or the transaction a use case opened. Queries take whichever they are given. */
export type Db = Knex

export interface DbOptions {
  /** `postgres://…`; wins over the parts. */
  url?: string
  host?: string
  port?: number
  database?: string
  user?: string
  password?: string
  ssl?: boolean | { rejectUnauthorized: boolean }
  /** Connections this process may hold. */
  poolSize: number
  /** Longest time one statement may run, in milliseconds. */
  statementTimeoutMs?: number
  /** Longest wait for a free connection, in milliseconds. */
  acquireTimeoutMs?: number
}

const TIMESTAMP_WITHOUT_ZONE = 1114

// bigint stays a string (the pg default): ids are strings everywhere, and a double would lose their last digits.
// A timestamp without zone, where an operator's own table has one, is UTC as everywhere else.
pg.types.setTypeParser(TIMESTAMP_WITHOUT_ZONE, (text) => new Date(`${text.replace(' ', 'T')}Z`))

const SILENT = { warn() {}, error() {}, deprecate() {}, debug() {} }

/** Opens a pool. Nothing connects until the first query. */
export function connect(options: DbOptions): Db {
  const db = knex({
    client: 'pg',
    connection: {
      connectionString: options.url,
      host: options.host,
      port: options.port,
      database: options.database,
      user: options.user,
      password: options.password,
      ssl: options.ssl,
      // Left empty on purpose: PgBouncer spends CPU on tracking it.
      application_name: '',
      connectionTimeoutMillis: 15_000,
      keepAlive: true,
      ...(options.statementTimeoutMs ? { statement_timeout: options.statementTimeoutMs } : {}),
    },
    pool: { min: 0, max: options.poolSize, idleTimeoutMillis: 30_000 },
    acquireConnectionTimeout: options.acquireTimeoutMs ?? 5_000,
    // Knex would print a failed connection with its stack, and then throw it as well.
    log: SILENT,
    // Knex would write the values into the message of an error, and so passwords and letters into logs and queues.
    compileSqlOnError: false,
  })
  db.on('query', (query: { sql: string }) => notifyStatement(query.sql))
  return db
}

/** Closes the pool; running statements end first. */
export async function disconnect(db: Db): Promise<void> {
  await db.destroy()
}
