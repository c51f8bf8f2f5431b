import type { JobDefinition } from '../jobs/define.ts'
import type { Ctx } from './context.ts'
export interface EnqueueOptions {
  /** Earliest start, in milliseconds from now. */
  delayMs?: number
  /** A second job with the same id, while the first one waits or runs, is not added. */
  jobId?: string
}
export declare function enqueue<P>(
  ctx: Ctx,
  job: JobDefinition<P>,
  payload: P,
  options?: EnqueueOptions,
): Promise<void>
export declare function enqueueMany<P>(ctx: Ctx, job: JobDefinition<P>, payloads: readonly P[]): Promise<void>
