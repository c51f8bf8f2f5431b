import * as defaultJobs from './default.ts'
import type { JobDefinition } from './define.ts'
import * as ingressJobs from './ingress.ts'
import * as mailersJobs from './mailers.ts'
import * as pullJobs from './pull.ts'
import * as pushJobs from './push.ts'
import * as schedulerJobs from './scheduler.ts'

export * from './default.ts'
export * from './define.ts'
export * from './ingress.ts'
export * from './mailers.ts'
export * from './pull.ts'
export * from './push.ts'
export * from './queues.ts'
export * from './scheduler.ts'

/** Every job by its name in code; the worker's handler map is typed by it, so a missing handler does not compile. */
export const jobs = {
  ...defaultJobs,
  ...pushJobs,
  ...ingressJobs,
  ...pullJobs,
  ...mailersJobs,
  ...schedulerJobs,
}

const byName = new Map<string, JobDefinition<unknown>>(Object.values(jobs).map((job) => [job.name, job]))

/** The definition behind a wire name, or undefined for a job of another version. */
export function jobNamed(name: string): JobDefinition<unknown> | undefined {
  return byName.get(name)
}
