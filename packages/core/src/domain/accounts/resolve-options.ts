import type { FetchBudget } from './fetch-budget.ts'

export interface ResolveOptions {
  /** Ask its server even when what we know is young. */
  fresh?: boolean | undefined
  /** A local account that may see it; the instance actor signs otherwise. */
  signAs?: string | undefined
  /** When to give up, as `Date.now()` counts. */
  deadlineAt?: number | undefined
  /**
   * Somebody wants to see the account itself, so that what its profile features is read when it is new. Not of whoever
   * is met on the way: they would lead to others without end.
   */
  isSought?: boolean | undefined
  /** Somebody here asks for it by its name or address: what it wrote of late is fetched too when it is new. */
  isLookedFor?: boolean | undefined
  /** What makes us ask was signed by a key that we know: new keys are the owner's will. */
  isVouchedFor?: boolean | undefined
  /** Requests that may still be made. */
  budget?: FetchBudget | undefined
}

/** Milliseconds left, at least one: a request that starts too late fails by itself. */
export function timeLeft(options: ResolveOptions): { deadlineMs?: number } {
  return options.deadlineAt === undefined ? {} : { deadlineMs: Math.max(1, options.deadlineAt - Date.now()) }
}
