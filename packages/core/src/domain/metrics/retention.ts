import { retentionRows, type RetentionRow } from '@anancus/db/queries/metrics'
import type { AdminCohort } from '../../entities/types/index.ts'
import type { Ctx } from '../../kernel/context.ts'
import { BadRequestError } from '../../kernel/errors.ts'
import { MAX_RETENTION_DAYS, MAX_RETENTION_MONTHS, METRICS_CACHE_SECONDS } from './limits.ts'
import { DAY_MS, monthsBefore, parseDate } from './period.ts'

export interface RetentionRequest {
  startAt?: string | undefined
  endAt?: string | undefined
  /** `day` or `month`; anything else is `day`. */
  frequency?: string | undefined
}

type Frequency = AdminCohort['frequency']

/**
 * How many of the users who joined in a period were here in it and in each later one. At most 31 days or 12 months; up to
 * five minutes old. For roles with `view_dashboard`.
 *
 * @throws BadRequestError a date is missing
 * @throws ValidationError not a date
 * @see https://docs.joinmastodon.org/methods/admin/retention/#create
 */
export async function readRetention(ctx: Ctx, request: RetentionRequest): Promise<AdminCohort[]> {
  if (!request.startAt?.trim()) throw BadRequestError.missing('start_at')
  if (!request.endAt?.trim()) throw BadRequestError.missing('end_at')
  const frequency: Frequency = request.frequency === 'month' ? 'month' : 'day'
  const end = parseDate(request.endAt)
  const earliest =
    frequency === 'month'
      ? monthsBefore(end, MAX_RETENTION_MONTHS)
      : new Date(end.getTime() - MAX_RETENTION_DAYS * DAY_MS)
  const start = new Date(Math.max(parseDate(request.startAt).getTime(), earliest.getTime()))
  const periods = periodsBetween(start, end, frequency)
  const first = periods[0]
  const last = periods.at(-1)
  if (!first || !last) return []
  const name = JSON.stringify([frequency, first, periods.length])
  return ctx.cache.fetch(`metrics:retention:${name}`, METRICS_CACHE_SECONDS, async () => {
    const rows = await retentionRows(ctx.db, frequency, first, after(last, frequency))
    return periods.map((period, index) => cohort(frequency, period, periods.slice(index), rows))
  })
}

function periodsBetween(start: Date, end: Date, frequency: Frequency): Date[] {
  const periods: Date[] = []
  for (let period = beginningOf(start, frequency); period <= end; period = after(period, frequency))
    periods.push(period)
  return periods
}

function beginningOf(date: Date, frequency: Frequency): Date {
  const day = frequency === 'month' ? 1 : date.getUTCDate()
  return new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), day))
}

function after(period: Date, frequency: Frequency): Date {
  const [year, month, day] = [period.getUTCFullYear(), period.getUTCMonth(), period.getUTCDate()]
  return new Date(frequency === 'month' ? Date.UTC(year, month + 1, 1) : Date.UTC(year, month, day + 1))
}

function cohort(
  frequency: Frequency,
  period: Date,
  later: readonly Date[],
  rows: readonly RetentionRow[],
): AdminCohort {
  const members = rows.filter((row) => row.joined.getTime() === period.getTime())
  const count = (of: readonly RetentionRow[]) => of.reduce((sum, row) => sum + Number(row.users), 0)
  const size = Math.max(1, count(members))
  return {
    period: offsetTime(period),
    frequency,
    data: later.map((each) => {
      const retained = count(members.filter((row) => row.seen !== null && row.seen >= each))
      return { date: offsetTime(each), rate: retained / size, value: String(retained) }
    }),
  }
}

/** `2026-01-31T00:00:00+00:00`, as Mastodon writes these times. */
function offsetTime(date: Date): string {
  return date.toISOString().replace('.000Z', '+00:00')
}
