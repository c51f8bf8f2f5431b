import globalSetup from '../scripts/jest/global-setup.mjs'
import globalTeardown from '../scripts/jest/global-teardown.mjs'

/** Runs something on a PostgreSQL and a Redis as tests have them, and takes both away again. */
export async function withTestServices(run: () => Promise<void>): Promise<void> {
  await globalSetup()
  try {
    await run()
  } finally {
    await globalTeardown()
  }
}
