import { buildContext, closeContext } from '@anancus/core/kernel/build-context'
import type { Config } from '@anancus/core/kernel/config'
import { StartError } from '@anancus/core/kernel/errors'

/** Connects once to Postgres and Redis. @throws StartError naming the settings to look at */
export async function checkServices(config: Config): Promise<void> {
  const ctx = await buildContext(config, { name: 'cli' })
  try {
    await ctx.db.raw('select 1').catch((error: unknown) => {
      throw new StartError(
        `PostgreSQL cannot be reached: ${messageOf(error)}. Look at DB_HOST, DB_PORT, DB_NAME, DB_USER and DB_PASS.`,
        error,
      )
    })
    await ctx.redis.ping().catch((error: unknown) => {
      throw new StartError(
        `Redis cannot be reached: ${messageOf(error)}. Look at REDIS_HOST, REDIS_PORT and REDIS_PASSWORD.`,
        error,
      )
    })
  } finally {
    await closeContext(ctx)
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
