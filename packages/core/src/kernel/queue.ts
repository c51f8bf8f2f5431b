import type { Queue } from 'bullmq'
import type { Redis } from 'ioredis'
import type { JobDefinition } from '../jobs/define.ts'
import type { QueueName } from '../jobs/queues.ts'
import type { Config } from './config.ts'
import type { Logger } from './log.ts'

/** Failed jobs are kept for a look at them, no more. */
const KEEP_FAILED = { age: 7 * 86_400, count: 1_000 }

/** The BullMQ queues of this process, opened when first used. BullMQ itself is loaded then, not before. */
export interface Queues {
  get(name: QueueName): Promise<Queue>
  close(): Promise<void>
}

/** Queues over a connection that fails fast: adding a job never waits for a Redis that is away. */
export function createQueues(config: Config, redis: Redis, log: Logger): Queues {
  const opened = new Map<QueueName, Promise<Queue>>()
  const open = async (name: QueueName): Promise<Queue> => {
    const { Queue } = await import('bullmq')
    const queue = new Queue(name, {
      connection: redis,
      prefix: queuePrefix(config),
      skipWaitingForReady: true,
      defaultJobOptions: { removeOnComplete: true, removeOnFail: KEEP_FAILED },
    })
    // The connection reports its outages itself.
    queue.on('error', (error) => log.debug({ error, queue: name }, 'queue error'))
    return queue
  }
  return {
    get(name) {
      const known = opened.get(name)
      if (known) return known
      const queue = open(name)
      opened.set(name, queue)
      return queue
    },
    async close() {
      const queues = await Promise.allSettled(opened.values())
      await Promise.allSettled(
        queues.flatMap((queue) => (queue.status === 'fulfilled' ? [queue.value.close()] : [])),
      )
      opened.clear()
    },
  }
}

/** The first part of every key of BullMQ. */
export function queuePrefix(config: Pick<Config, 'redis'>): string {
  return `${config.redis.prefix}bull`
}

/** How BullMQ is told to try a job of the catalogue; the waits between tries come from its definition. */
export function retryOptions(job: JobDefinition<unknown>): {
  attempts: number
  backoff: { type: 'custom' }
  priority?: number
} {
  const base = { attempts: job.attempts, backoff: { type: 'custom' as const } }
  return job.isUnhurried ? { ...base, priority: UNHURRIED } : base
}

/** BullMQ takes jobs without a priority first. */
const UNHURRIED = 10
