import { UnauthenticatedError } from '../../kernel/errors.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
/** A signature that names no end is good for this long. */
const DEFAULT_LIFE_MS = 5 * MINUTE_MS
const LONGEST_LIFE_MS = 12 * HOUR_MS
/** How wrong a clock may be, either way. */
const SKEW_MS = HOUR_MS

/** Refuses a signature made in the future or too long ago. `expires` is cut to twelve hours after `created`. */
export function checkTimeWindow(created: Date, expires: Date | undefined, now: Date): void {
  const end = Math.min(
    expires?.getTime() ?? created.getTime() + DEFAULT_LIFE_MS,
    created.getTime() + LONGEST_LIFE_MS,
  )
  if (created.getTime() > now.getTime() + SKEW_MS || now.getTime() > end + SKEW_MS)
    throw new UnauthenticatedError('Signed request date outside acceptable time window')
}

/** Seconds since 1970 as written in a signature parameter. */
export function unixTime(text: string): Date {
  if (!/^\d{1,11}$/.test(text)) throw new UnauthenticatedError('Invalid date in the signature')
  return new Date(Number(text) * 1000)
}
