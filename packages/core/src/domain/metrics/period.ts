import { firstIdAt } from '@anancus/db'
import type { IdRange } from '@anancus/db/queries/metrics'
import { ValidationError } from '../../kernel/errors.ts'
import { DEFAULT_DAYS, MAX_MONTHS } from './limits.ts'

export const DAY_MS = 24 * 3600 * 1000

/** A time of some days, and the equally long one before it. All in UTC. */
export interface Period {
  /** The days of the time, `2026-01-31`. */
  days: readonly string[]
  previousDays: readonly string[]
}

/**
 * Reads a time span; without one it is the last week. One of more than two years is cut to the last two.
 *
 * @throws ValidationError not a date
 */
export function readPeriod(start: string | undefined, end: string | undefined, now: Date): Period {
  const until = end ? parseDate(end) : now
  const asked = start ? parseDate(start) : new Date(until.getTime() - DEFAULT_DAYS * DAY_MS)
  const from = new Date(Math.max(asked.getTime(), monthsBefore(until, MAX_MONTHS).getTime()))
  const length = dayNumber(until) - dayNumber(from)
  const days = length < 0 ? [] : daysFrom(dayNumber(from), length + 1)
  return {
    days,
    previousDays: length < 0 ? [] : daysFrom(dayNumber(from) - length - 1, length + 1),
  }
}

const DATE = /^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?$/

/** Beyond these the database has no statuses, and dates other forms. */
const EARLIEST = Date.UTC(1900, 0, 1)
const LATEST = Date.UTC(2999, 11, 31)

/** A date or a time in ISO 8601, from 1900 to 2999; without a zone it is UTC. @throws ValidationError */
export function parseDate(text: string): Date {
  const given = text.trim()
  const isBare = !/(?:Z|[+-]\d\d:?\d\d)$/.test(given.slice('YYYY-MM-DD'.length))
  const date = new Date(given.length > 'YYYY-MM-DD'.length && isBare ? `${given}Z` : given)
  if (!DATE.test(given) || Number.isNaN(date.getTime())) throw new ValidationError('Invalid date supplied')
  return new Date(Math.min(LATEST, Math.max(EARLIEST, date.getTime())))
}

export function monthsBefore(date: Date, months: number): Date {
  const earlier = new Date(date)
  earlier.setUTCMonth(earlier.getUTCMonth() - months)
  return earlier
}

function dayNumber(date: Date): number {
  return Math.floor(date.getTime() / DAY_MS)
}

function daysFrom(first: number, count: number): string[] {
  return Array.from({ length: count }, (_, index) =>
    new Date((first + index) * DAY_MS).toISOString().slice(0, 'YYYY-MM-DD'.length),
  )
}

/** Midnight of the first day, and midnight after the last. */
export function boundsOf(days: readonly string[]): [Date, Date] {
  const first = days[0]
  const last = days.at(-1)
  if (first === undefined || last === undefined) return [new Date(0), new Date(0)]
  return [midnight(first), new Date(midnight(last).getTime() + DAY_MS)]
}

/** The ids of statuses that were made on some days. */
export function idsOf(days: readonly string[]): IdRange {
  const [from, until] = boundsOf(days)
  return [firstIdAt(from), firstIdAt(until)]
}

export function midnight(day: string): Date {
  return new Date(`${day}T00:00:00Z`)
}
