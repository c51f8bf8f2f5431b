import { randomBytes } from 'node:crypto'
import { connect, disconnect } from '@anancus/db'

/** What the global set-up of jest started: see `scripts/jest/global-setup.mjs`. */
export interface TestServices {
  databaseUrl: string
  /** A migrated database; nobody may be connected to it while it is cloned. */
  template: string
  redisUrl: string
  runId: string
}

/** @throws Error outside the projects that have services */
export function testServices(): TestServices {
  const text = process.env.ANANCUS_TEST_SERVICES
  if (!text) throw new Error('No test services: this project of jest.config.mjs has no globalSetup.')
  return JSON.parse(text) as TestServices
}

/** A name no other test has, fit for a database and a Redis prefix. */
export function uniqueName(): string {
  return `anancus_test_${testServices().runId}_${randomBytes(5).toString('hex')}`
}

/** Clones the template; about 80 ms. Returns the address of the clone. */
export async function createTestDatabase(name: string): Promise<string> {
  const { databaseUrl, template } = testServices()
  await asAdmin(`create database ${name} template ${template} strategy file_copy`)
  const url = new URL(databaseUrl)
  url.pathname = `/${name}`
  return url.href
}

export async function dropTestDatabase(name: string): Promise<void> {
  await asAdmin(`drop database if exists ${name} with (force)`)
}

async function asAdmin(command: string): Promise<void> {
  const admin = connect({ url: testServices().databaseUrl, poolSize: 1 })
  try {
    await admin.raw(command)
  } finally {
    await disconnect(admin)
  }
}
