/**
 * What became of an incoming activity. "No" is normal here and counted, so it is a value and not an exception:
 * `ignored` does not concern us, `rejected` must not be.
 */
export type Outcome = { kind: 'processed' } | { kind: 'ignored' | 'rejected'; reason: string }

export const processed = (): Outcome => ({ kind: 'processed' })
export const ignored = (reason: string): Outcome => ({ kind: 'ignored', reason })
export const rejected = (reason: string): Outcome => ({ kind: 'rejected', reason })

/** Of several objects in one activity: processed if any was. */
export function combined(outcomes: readonly Outcome[]): Outcome {
  return (
    outcomes.find(({ kind }) => kind === 'processed') ?? outcomes[0] ?? ignored('the activity has no object')
  )
}
