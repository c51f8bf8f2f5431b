import { endPollJob, sendPollUpdateJob, updateActorJob } from '@anancus/core/jobs'
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
