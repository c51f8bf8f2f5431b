const MINUTE = 60
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const WEEK = 7 * DAY

export type Age =
  | { unit: 'now' }
  | { unit: 'second' | 'minute' | 'hour' | 'day'; count: number }
  | { unit: 'date'; withYear: boolean }

/** How a point in time is told beside a post: an age for a week, then the date. */
export function ageOf(date: Date, now: Date): Age {
  const seconds = Math.floor((now.getTime() - date.getTime()) / 1000)
  if (seconds < 10) return { unit: 'now' }
  if (seconds < MINUTE) return { unit: 'second', count: seconds }
  if (seconds < HOUR) return { unit: 'minute', count: Math.floor(seconds / MINUTE) }
  if (seconds < DAY) return { unit: 'hour', count: Math.floor(seconds / HOUR) }
  if (seconds < WEEK) return { unit: 'day', count: Math.floor(seconds / DAY) }
  return { unit: 'date', withYear: date.getFullYear() !== now.getFullYear() }
}

/** Milliseconds until an age reads differently, or null when it will not. */
export function nextChange(age: Age): number | null {
  switch (age.unit) {
    case 'now':
    case 'second':
      return 10_000
    case 'minute':
      return 30_000
    case 'hour':
      return 10 * MINUTE * 1000
    default:
      return null
  }
}
