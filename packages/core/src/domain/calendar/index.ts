import { dueAnnouncementIds, endedAnnouncementIds } from '@anancus/db/queries/announcements'
import { dueDeletions } from '@anancus/db/queries/moderation'
import { dueScheduledStatuses } from '@anancus/db/queries/scheduled-statuses'
import type { Ctx } from '../../kernel/context.ts'

/**
 * Says whether the time of something has come. Asked each minute, and apart from the rooms that then do it: an idle
 * worker need not load these, which is 30 MB of 130.
 */

const DAY_MS = 86_400_000

/** After so many days a suspended account is erased; until then its suspension can be taken back. */
const DELETION_DELAY_DAYS = 30

/** Whether a scheduled status or an announcement waits to be published, or one has ended. At most three statements. */
export async function isTimeToPublish(ctx: Ctx): Promise<boolean> {
  const now = ctx.clock.now()
  const statuses = await dueScheduledStatuses(ctx.db, now, '0', 1)
  if (statuses.length > 0) return true
  const [due, ended] = [await dueAnnouncementIds(ctx.db, now), await endedAnnouncementIds(ctx.db, now)]
  return due.length + ended.length > 0
}

/** Before this moment an account must have been suspended to be erased now. */
export function erasableSince(ctx: Ctx): Date {
  return new Date(ctx.clock.now().getTime() - DELETION_DELAY_DAYS * DAY_MS)
}

/** Whether an account has been suspended for long enough to be erased. */
export async function isTimeToErase(ctx: Ctx): Promise<boolean> {
  return (await dueDeletions(ctx.db, erasableSince(ctx), 1)).length > 0
}
