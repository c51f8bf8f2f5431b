/** What the flight recorder keeps of one thing that another server sent us, or we sent it. */
export interface FederationEvent {
  direction: 'in' | 'out'
  /** Of the other server; of what came unverified, the one that the signature named. */
  host: string
  /** Id and type of the activity, as far as they could be read. */
  activity: string | null
  type: string | null
  /** The actor that it says it is of. */
  actor: string | null
  /** The inbox it went to, or came to. */
  inbox: string | null
  /** In the order in which they were made; the first that failed ended it. */
  checks: readonly Check[]
  outcome: EventOutcome
  /** The HTTP status that was answered, by us or by them; null when there was none. */
  answer: number | null
  /** When it is tried again, if it is. */
  retry: RetryPlan | null
  /** What it takes to do it again; null when that cannot be, or must not be kept. */
  replay: Replay | null
}

export interface Check {
  check: string
  passed: boolean
  /** Why not: a stable code in snake_case. */
  reason?: string
  /** Why not, in words. */
  detail?: string
}

/**
 * `taken` at the door and not yet looked at · `refused` at the door · `processed`, `ignored`, `rejected` by the worker ·
 * `delivered` · `dropped` since nobody waits for it any more · `retrying` · `given_up`
 */
export type EventOutcome =
  | 'taken'
  | 'refused'
  | 'processed'
  | 'ignored'
  | 'rejected'
  | 'delivered'
  | 'dropped'
  | 'retrying'
  | 'given_up'

export interface RetryPlan {
  /** The try that failed, 1 for the first. */
  attempt: number
  /** Tries in all. */
  attempts: number
  /** The next one comes no sooner. */
  inSeconds: number
}

/** The payload of the job that would do it again. */
export type Replay =
  | { kind: 'delivery'; bodyId: string; inboxUrl: string; signerId: string }
  | {
      kind: 'activity'
      body: string
      signerId: string | null
      request: string | null
      inboxOwnerId: string | null
      receivedAt: string
    }

/** An event as it is read: with its place in the recorder and its time. */
export interface RecordedEvent extends FederationEvent {
  id: string
  at: Date
}

const MAX_CODE_LENGTH = 80

/** A reason in words as a code that programs compare: 'the server is blocked' is `the_server_is_blocked`. */
export function reasonCode(words: string): string {
  return words
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .slice(0, MAX_CODE_LENGTH)
    .replace(/^_|_$/g, '')
}

/** The checks of a list in its order: all before the failed one passed, none after it was made. */
export function checksUntil(
  order: readonly string[],
  failed?: { check: string; reason: string; detail?: string },
): Check[] {
  if (!failed) return order.map((check) => ({ check, passed: true }))
  const at = order.indexOf(failed.check)
  const passed = order.slice(0, Math.max(0, at)).map((check) => ({ check, passed: true }))
  return [...passed, { ...failed, passed: false }]
}
