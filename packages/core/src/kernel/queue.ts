import type { Queue } from 'bullmq'
import type { QueueName } from '../jobs/queues.ts'

/** The BullMQ queues of this process, opened when first used. */
export interface Queues {
  get(name: QueueName): Queue
  close(): Promise<void>
}
