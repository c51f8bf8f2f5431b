import { fileURLToPath } from 'node:url'
import type { Db } from './connection.ts'

const config = {
  directory: fileURLToPath(new URL('../migrations', import.meta.url)),
  loadExtensions: ['.ts'],
  tableName: 'schema_migrations',
  // An index on millions of rows takes minutes; the limit of the pool is for requests.
  beforeEach: async (trx: Db) => {
    await trx.raw('set local statement_timeout = 0')
  },
}

/** Brings the schema to the newest version; returns the names of the migrations that ran. Safe to call twice at once. */
export async function migrate(db: Db): Promise<string[]> {
  const [, ran] = (await db.migrate.latest(config)) as [number, string[]]
  return ran.map(nameOf)
}

/** Which migrations have run and which wait. */
export async function migrationStatus(db: Db): Promise<{ done: string[]; pending: string[] }> {
  const [done, pending] = (await db.migrate.list(config)) as [{ name: string }[], { file: string }[]]
  return { done: done.map((row) => nameOf(row.name)), pending: pending.map((row) => nameOf(row.file)) }
}

function nameOf(file: string): string {
  return file.replace(/^.*\//, '').replace(/\.ts$/, '')
}
