import type { Ctx } from '@anancus/core/kernel/context'
import { BadRequestError } from '@anancus/core/kernel/errors'
import type { Options } from './command.ts'

const DAY_MS = 86_400_000
/** A hundred years. */
const MOST = 36_500

/** `-d`: how old something must be, or how young. */
export function daysOption(description: string) {
  return { flags: '-d, --days <n>', description }
}

/** @throws BadRequestError not a whole number of days */
export function daysOf(options: Options, standard: number): number {
  const days = Number(options.days ?? standard)
  if (Number.isInteger(days) && days >= 0 && days <= MOST) return days
  throw new BadRequestError(`--days must be a whole number from 0 to ${MOST}.`)
}

export function daysAgo(ctx: Ctx, days: number): Date {
  return new Date(ctx.clock.now().getTime() - days * DAY_MS)
}
