import { buildContext, closeContext } from '@anancus/core/kernel/build-context'
import { loadConfig } from '@anancus/core/kernel/config'
import { pushToFeedsJob } from '@anancus/core/jobs'
import { runMain, stopOnSignals } from '@anancus/core/kernel/shutdown'
import type { AnyHandler, Handlers } from '../../src/handlers/index.ts'
import { startUpkeep } from '../../src/upkeep.ts'
import { startWorker } from '../../src/worker.ts'

/**
 * A worker process whose jobs leave marks in the table `effects` and take as long as their payload says
 * (`afterFollowId`, in milliseconds).
 */
const slow: AnyHandler = async (ctx, payload) => {
  const { statusId, afterFollowId } = payload as { statusId: string; afterFollowId: string }
  const mark = (what: string) => ctx.db('effects').insert({ status_id: statusId, what })
  await mark('begun')
  await new Promise((resolve) => setTimeout(resolve, Number(afterFollowId)))
  await mark('done')
}
const handlers: Handlers = new Map([[pushToFeedsJob.name, async () => ({ handle: slow })]])

await runMain(async () => {
  const ctx = await buildContext(loadConfig(), { name: 'worker' })
  const worker = startWorker(ctx, handlers)
  const upkeep = startUpkeep(ctx, { sweepEveryMs: 500 })
  stopOnSignals(ctx.log, async () => {
    await upkeep.stop()
    await worker.stop(1_000)
    await closeContext(ctx)
  })
  process.stdout.write('ready\n')
})
