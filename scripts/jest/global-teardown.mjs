import { rmSync } from 'node:fs'
import { connect, disconnect } from '../../packages/db/src/index.ts'

/** Removes what this run made: its own servers with their folders, or its databases in a server that goes on. */
export default async function globalTeardown() {
  const held = globalThis.anancusTestServices
  if (!held) return
  if (!held.postgres && held.databaseUrl) await dropDatabases(held)
  await held.redis?.stop()
  await held.postgres?.stop()
  rmSync(held.folder, { recursive: true, force: true })
}

async function dropDatabases({ databaseUrl, runId }) {
  const admin = connect({ url: databaseUrl, poolSize: 1 })
  try {
    const { rows } = await admin.raw('select datname from pg_database where datname like ?', [`%${runId}%`])
    for (const { datname } of rows) await admin.raw('drop database if exists ?? with (force)', [datname])
  } finally {
    await disconnect(admin)
  }
}
