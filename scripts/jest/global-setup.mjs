import { randomBytes } from 'node:crypto'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect, disconnect, migrate } from '../../packages/db/src/index.ts'
import { startPostgres } from '../lib/postgres.mjs'
import { findProgram } from '../lib/process.mjs'
import { findRedisServer, startRedis } from '../lib/redis.mjs'

/**
 * Brings up what the tests of the projects db, apps and e2e share: a PostgreSQL with one migrated template database, which
 * every test file clones, and a Redis, in which every file has its prefix. TEST_DATABASE_URL and TEST_REDIS_URL name
 * running ones to be used instead. ANANCUS_CHROMIUM is the browser, where there is one. Jest calls this once a run, however
 * many projects name it.
 */
export default async function globalSetup() {
  process.env.ANANCUS_CHROMIUM ??= findProgram('chromium') ?? findProgram('chromium-browser') ?? ''
  if (!process.env.TEST_REDIS_URL && !findRedisServer()) {
    process.env.ANANCUS_TEST_MISSING = 'Redis'
    return
  }
  const runId = `${Date.now().toString(36)}${randomBytes(3).toString('hex')}`
  const held = { runId, folder: mkdtempSync(join(tmpdir(), 'anancus-test-')) }
  globalThis.anancusTestServices = held
  const databaseUrl = process.env.TEST_DATABASE_URL ?? (await ownPostgres(held))
  const redisUrl = process.env.TEST_REDIS_URL ?? (await ownRedis(held))
  const template = `anancus_test_template_${runId}`
  await makeTemplate(databaseUrl, template)
  Object.assign(held, { databaseUrl, template, redisUrl })
  process.env.ANANCUS_TEST_SERVICES = JSON.stringify({ databaseUrl, template, redisUrl, runId })
}

async function ownPostgres(held) {
  held.postgres = await startPostgres({
    folder: join(held.folder, 'postgres'),
    password: randomBytes(12).toString('hex'),
    logFile: join(held.folder, 'postgres.log'),
    forTests: true,
  })
  return held.postgres.url('postgres')
}

async function ownRedis(held) {
  held.redis = await startRedis({
    folder: join(held.folder, 'redis'),
    logFile: join(held.folder, 'redis.log'),
  })
  return held.redis.url
}

/** Nobody may be connected to a template while it is cloned, so the pool that migrates it is closed again. */
async function makeTemplate(databaseUrl, template) {
  const admin = connect({ url: databaseUrl, poolSize: 1 })
  try {
    await admin.raw(`create database ${template}`)
  } finally {
    await disconnect(admin)
  }
  const url = new URL(databaseUrl)
  url.pathname = `/${template}`
  const db = connect({ url: url.href, poolSize: 1 })
  try {
    await migrate(db)
  } finally {
    await disconnect(db)
  }
}
