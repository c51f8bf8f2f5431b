import type { Ctx } from '../../kernel/context.ts'
import { getSetting } from '../settings/index.ts'

const DECEMBER = 11
const FIRST_DAY = 10

/** The year whose reports can be made now: from 10 to 31 December (UTC), unless the server does without. */
export async function reportYear(ctx: Ctx): Promise<number | null> {
  if (!(await getSetting(ctx, 'wrapstodon'))) return null
  const now = ctx.clock.now()
  const isRunning = now.getUTCMonth() === DECEMBER && now.getUTCDate() >= FIRST_DAY
  return isRunning ? now.getUTCFullYear() : null
}
