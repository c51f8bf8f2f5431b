import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect, disconnect } from '@anancus/db'
import { startPostgres } from '../lib/postgres.mjs'

/** Calls `work` with the address of an empty database, in TEST_DATABASE_URL's server or in one started for it. */
export async function withThrowAwayDatabase<T>(work: (url: string) => Promise<T>): Promise<T> {
  const running = process.env.TEST_DATABASE_URL
  if (running) return await withDatabaseOf(running, work)
  const folder = mkdtempSync(join(tmpdir(), 'anancus-gen-'))
  try {
    const password = randomBytes(12).toString('hex')
    const server = await startPostgres({ folder: join(folder, 'postgres'), password, forTests: true })
    try {
      return await work(server.url('postgres'))
    } finally {
      await server.stop()
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function withDatabaseOf<T>(serverUrl: string, work: (url: string) => Promise<T>): Promise<T> {
  const name = `anancus_gen_${randomBytes(6).toString('hex')}`
  const admin = connect({ url: serverUrl, poolSize: 1 })
  try {
    await admin.raw(`create database ${name}`)
    const url = new URL(serverUrl)
    url.pathname = `/${name}`
    try {
      return await work(url.href)
    } finally {
      await admin.raw(`drop database ${name} with (force)`)
    }
  } finally {
    await disconnect(admin)
  }
}
