import type { QueueName } from './queues.ts'

/** A job of the catalogue: its wire name, where it runs, how often it is tried. No behaviour. */
export interface JobDefinition<Payload> {
  /** `<subject>.<verb>`, also the label in metrics. */
  readonly name: string
  readonly queue: QueueName
  /** Tries in all, the first included. */
  readonly attempts: number
  readonly backoff: Backoff
  /**
   * Durable: recorded in `job_outbox` in the transaction that enqueues it, and kept there until it is done, so that
   * neither a crash nor an empty Redis loses it. For work that nobody could ask for again.
   */
  readonly durable: boolean
  /** Everything else in its queue goes first: for work that may wait for hours. */
  readonly isUnhurried?: boolean
  /** One line for `docs/jobs.md`. */
  readonly what: string
  /** Only its type is used. */
  readonly payload?: Payload
}

/** Milliseconds to wait after the given failed try (1 = the first). */
export type Backoff = (attempt: number) => number

/** Which try of a job runs, 1 for the first, and how many there are. */
export interface JobRun {
  attempt: number
  attempts: number
}

export const ONLY_RUN: JobRun = { attempt: 1, attempts: 1 }

/** Ids and other primitives: a payload must survive JSON and a restart. */
export type JobPayload = Record<string, string | number | boolean | null | readonly string[]>

export function defineJob<Payload extends JobPayload>(
  definition: Omit<JobDefinition<Payload>, 'payload' | 'durable'> & { durable?: boolean },
): JobDefinition<Payload> {
  return { durable: false, ...definition }
}

const FOURTH_POWER_START_SECONDS = 15

/** The shortest wait of `fourthPower`, in seconds. */
export const fourthPowerSeconds = (attempt: number): number => attempt ** 4 + FOURTH_POWER_START_SECONDS

/** Mastodon's delivery rhythm: about n⁴ + 15 s with jitter, so that 16 tries span two to three days. */
export const fourthPower: Backoff = (attempt) => {
  const base = attempt ** 4
  return Math.round(
    (base + FOURTH_POWER_START_SECONDS + Math.random() * 0.5 * base + Math.random() * 9 * (attempt + 1)) *
      1000,
  )
}

/** Seconds, for work somebody waits for. */
export const quick: Backoff = (attempt) => Math.min(60_000, 500 * 2 ** attempt)
