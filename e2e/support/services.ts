/** The servers that the test set-up brought up for this run. */
export interface TestServices {
  databaseUrl: string
  /** A migrated database to clone. */
  template: string
  redisUrl: string
  runId: string
}

export function testServices(): TestServices {
  const text = process.env.ANANCUS_TEST_SERVICES
  if (!text) throw new Error('Run these tests by jest: its set-up starts PostgreSQL and Redis.')
  return JSON.parse(text) as TestServices
}
