import { cleanUpAddresses, deleteExpiredIpRules, type IpCleanUpStep } from '@anancus/db/queries/ip-clean-up'
import type { Ctx } from '../../kernel/context.ts'
import { forgetBlockedRanges } from './blocked-ranges.ts'

const BATCH = 1000

const ADDRESSES: readonly IpCleanUpStep[] = [
  'signIns',
  'sessionAddresses',
  'signUpAddresses',
  'tokenAddresses',
]

/**
 * Deletes the IP rules that ran out and the sessions nobody used for long, and forgets the addresses people came from
 * before IP_RETENTION_PERIOD.
 */
export async function cleanUpIps(ctx: Ctx): Promise<void> {
  const { IP_RETENTION_PERIOD, SESSION_RETENTION_PERIOD } = ctx.config.env
  const now = ctx.clock.now()
  if ((await deleteExpiredIpRules(ctx.db, now)) > 0) await forgetBlockedRanges(ctx)
  await inBatches(ctx, 'idle', secondsBefore(now, SESSION_RETENTION_PERIOD))
  for (const step of ADDRESSES) await inBatches(ctx, step, secondsBefore(now, IP_RETENTION_PERIOD))
}

function secondsBefore(now: Date, seconds: number): Date {
  return new Date(now.getTime() - seconds * 1000)
}

async function inBatches(ctx: Ctx, step: IpCleanUpStep, before: Date): Promise<void> {
  while ((await cleanUpAddresses(ctx.db, step, before, BATCH)) === BATCH);
}
