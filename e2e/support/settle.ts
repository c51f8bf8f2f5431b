import { deliverActivityJob, endPollJob, sendPollUpdateJob, updateActorJob } from '@anancus/core/jobs'
import type { QueueName } from '@anancus/core/jobs'
import type { Ctx } from '@anancus/core/kernel/context'
import { compareInstances } from './compare-instances.ts'
import type { SecureInstance } from './secure-instances.ts'
import { eventually } from './wait.ts'

const QUEUES: readonly QueueName[] = ['default', 'push', 'ingress', 'pull', 'media']
/** What waits for more of its kind; a test does not. */
const PATIENT: readonly string[] = [updateActorJob.name, sendPollUpdateJob.name]

/** Whether an instance has nothing to do that it could do now. What is only held together with more to come is set free. */
export async function isQuiet(ctx: Ctx): Promise<boolean> {
  let isIdle = true
  for (const name of QUEUES) {
    const queue = await ctx.queues.get(name)
    for (const job of await queue.getDelayed()) {
      if (!PATIENT.includes(job.name) || job.attemptsMade > 0) continue
      await job.promote()
      isIdle = false
    }
    const counts = await queue.getJobCounts('wait', 'active', 'prioritized')
    if (Object.values(counts).some((count) => count > 0)) isIdle = false
  }
  return isIdle
}

const AGREED_WITHIN_MS = 60_000

/** Waits until no instance has anything to do any more and their databases agree; else says what they disagree about. */
export async function expectAgreement(instances: readonly SecureInstance[]): Promise<void> {
  let differences = ['There was always something to do']
  const agreed = async () => {
    const quiet = await Promise.all(instances.map((instance) => isQuiet(instance.ctx)))
    if (!quiet.every(Boolean)) return false
    differences = await compareInstances(instances)
    return differences.length === 0
  }
  await eventually('they agree', agreed, AGREED_WITHIN_MS).catch(() => undefined)
  expect(differences).toEqual([])
}

/** Lets what waits for the ends of polls look at once; what finds that its poll goes on does nothing. */
export async function hurryPollEnd(ctx: Ctx): Promise<void> {
  const queue = await ctx.queues.get(endPollJob.queue)
  for (const job of await queue.getDelayed()) if (job.name === endPollJob.name) await job.promote()
}

const ARRIVED_WITHIN_MS = 60_000

/**
 * Waits until everything on its way to a server whose web process is away has failed once, brings it back, and delivers it
 * all, one after the other, the newest first.
 */
export async function deliverFailed(
  senders: readonly SecureInstance[],
  receiver: SecureInstance,
): Promise<void> {
  const quiet = (instances: readonly SecureInstance[]) =>
    eventually(
      'nothing more to do',
      async () => (await Promise.all(instances.map(({ ctx }) => isQuiet(ctx)))).every(Boolean),
      ARRIVED_WITHIN_MS,
    )
  await quiet(senders)
  await receiver.start('web')
  for (const { ctx } of senders) {
    const queue = await ctx.queues.get(deliverActivityJob.queue)
    const deliverNewest = async () => {
      const waiting = (await queue.getDelayed()).filter((job) => job.name === deliverActivityJob.name)
      waiting.sort((one, other) => other.timestamp - one.timestamp)
      await waiting[0]?.promote()
      await quiet([...senders, receiver])
      return waiting.length === 0
    }
    await eventually('everything is delivered', deliverNewest, ARRIVED_WITHIN_MS)
  }
}
