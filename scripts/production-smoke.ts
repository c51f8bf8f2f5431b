// `node scripts/production-smoke.ts`: makes the three images as folders, without a container engine, prepares a database by
// the image's own command line, and starts each tier as the image would, until its health check passes.
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { withThrowAwayDatabase } from './gen/database.ts'
import { startRedis } from './lib/redis.mjs'
import { smokeProduction } from './production/smoke.ts'

const folder = mkdtempSync(join(tmpdir(), 'anancus-images-'))
try {
  await withThrowAwayDatabase(async (databaseUrl) => {
    const redis = await startRedis({ folder: join(folder, 'redis') })
    const redisPrefix = `smoke:${randomBytes(4).toString('hex')}:`
    try {
      await smokeProduction({
        folder,
        databaseUrl,
        redisUrl: redis.url,
        redisPrefix,
        tell: (line) => process.stdout.write(`${line}\n`),
      })
    } finally {
      await redis.stop()
    }
  })
} finally {
  rmSync(folder, { recursive: true, force: true })
}
