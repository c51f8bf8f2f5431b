import type { AccountRow, ScheduledStatusRow } from '@anancus/db'
import { countScheduled, holdMedia, insertScheduledStatus } from '@anancus/db/queries/scheduled-statuses'
import { lockName } from '@anancus/db/queries/status-writes'
import { userByAccountId } from '@anancus/db/queries/users'
import { shownSettings } from '../../graph/index.ts'
import type { Ctx } from '../../kernel/context.ts'
import { ValidationError } from '../../kernel/errors.ts'
import { transaction } from '../../kernel/transaction.ts'
import { type DraftOptions, draftStatus, type StatusDraft, type StatusParams } from './draft-status.ts'
import { SCHEDULE_LIMITS } from './limits.ts'
import { keptParams } from './scheduled-params.ts'
import { mediaGone } from './status-media.ts'

const WITH_TIME = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?$/

/**
 * The time a client named; without a zone it is UTC. Null when it named none.
 *
 * @throws ValidationError "Record invalid"
 */
export function readTime(text: string | undefined): Date | null {
  if (!text?.trim()) return null
  const time = new Date(WITH_TIME.test(text.trim()) ? `${text.trim()}Z` : text)
  if (Number.isNaN(time.getTime())) throw new ValidationError('Record invalid')
  return time
}

/**
 * Keeps a status to be published later, with its uploads. What would not be published is refused now; it is checked
 * again then.
 *
 * @throws NotFoundError as `publishStatus`
 * @throws ValidationError as `publishStatus`, without saying what is wrong with the content; too soon, too many
 * @see https://docs.joinmastodon.org/methods/statuses/#create
 */
export async function scheduleStatus(
  ctx: Ctx,
  account: AccountRow,
  params: StatusParams,
  scheduledAt: Date,
  options: DraftOptions,
): Promise<ScheduledStatusRow> {
  const user = options.user ?? (await userByAccountId(ctx.db, account.id))
  const draft = await draftWithoutDetails(ctx, account, params, { ...options, user: user ?? undefined })
  refuseTooSoon(scheduledAt, ctx.clock.now())
  const { defaultQuotePolicy } = shownSettings(user?.settings ?? null)
  const kept = keptParams(params, {
    applicationId: options.applicationId ?? null,
    quoteApprovalPolicy: params.quoteApprovalPolicy || defaultQuotePolicy,
  })
  return transaction(ctx, async (tx) => {
    await refuseTooMany(tx, account.id, scheduledAt, null)
    const row = await insertScheduledStatus(tx.db, account.id, scheduledAt, kept)
    const ids = draft.media.map((media) => media.id)
    if ((await holdMedia(tx.db, account.id, row.id, ids)) < ids.length) throw mediaGone(ids)
    return row
  })
}

async function draftWithoutDetails(
  ctx: Ctx,
  account: AccountRow,
  params: StatusParams,
  options: DraftOptions,
): Promise<StatusDraft> {
  try {
    return await draftStatus(ctx, account, params, options)
  } catch (error) {
    const isContent = error instanceof ValidationError && error.message.startsWith('Validation failed: ')
    throw isContent ? new ValidationError('Record invalid') : error
  }
}

/** @throws ValidationError less than five minutes ahead */
export function refuseTooSoon(scheduledAt: Date, now: Date): void {
  if (scheduledAt.getTime() <= now.getTime() + SCHEDULE_LIMITS.leadMs)
    throw ValidationError.failed('Scheduled at date must be in the future')
}

/**
 * Counts under a lock of the account, so that requests at the same time cannot pass the limit together.
 *
 * @param besides id of the one that is moved
 * @throws ValidationError
 */
export async function refuseTooMany(
  tx: Ctx,
  accountId: string,
  scheduledAt: Date,
  besides: string | null,
): Promise<void> {
  await lockName(tx.db, `scheduled:${accountId}`)
  const { total, thatDay } = await countScheduled(tx.db, accountId, scheduledAt, besides)
  const problems: string[] = []
  if (total >= SCHEDULE_LIMITS.total)
    problems.push(`You have exceeded the limit of ${SCHEDULE_LIMITS.total} scheduled posts`)
  if (thatDay >= SCHEDULE_LIMITS.day)
    problems.push(`You have exceeded the limit of ${SCHEDULE_LIMITS.day} scheduled posts for today`)
  if (problems.length > 0) throw ValidationError.failed(...problems)
}
