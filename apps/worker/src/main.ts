import { buildContext, closeContext } from '@anancus/core/kernel/build-context'
import { loadConfig } from '@anancus/core/kernel/config'
import { collectProcessMetrics } from '@anancus/core/kernel/metrics'
import { runMain, stopOnSignals } from '@anancus/core/kernel/shutdown'
import { serveHealth } from './health.ts'
import { watchQueues } from './metrics.ts'
import { findFaults, stuckQueues } from './readiness.ts'
import { repeat, startUpkeep } from './upkeep.ts'
import { startWorker } from './worker.ts'

const FINISH_JOBS_MS = 20_000
const WATCH_EVERY_MS = 30_000

await runMain(async () => {
  const ctx = await buildContext(loadConfig(), { name: 'worker' })
  collectProcessMetrics()
  watchQueues(ctx)
  const worker = startWorker(ctx)
  const upkeep = startUpkeep(ctx)
  const health = await serveHealth(ctx, () => findFaults(ctx, worker, upkeep))
  const watch = repeat(
    async () => {
      const stuck = await stuckQueues(ctx, worker)
      if (stuck.length === 0) return
      // Better to be started anew by the supervisor than to look alive.
      ctx.log.error({ stuck }, 'jobs wait and none is taken: the worker ends')
      process.exit(1)
    },
    WATCH_EVERY_MS,
    (error) => ctx.log.warn({ error }, 'the queues cannot be watched'),
  )
  stopOnSignals(ctx.log, async () => {
    health.close()
    await Promise.all([watch.stop(), upkeep.stop()])
    await worker.stop(FINISH_JOBS_MS)
    await closeContext(ctx)
  })
  ctx.log.info({ port: ctx.config.env.WORKER_PORT }, 'the worker takes jobs')
})
