import type { AccountRow, ScheduledStatusRow, UserRow } from '@anancus/db'
import { accountById } from '@anancus/db/queries/accounts'
import {
  dueScheduledStatuses,
  mediaOfScheduled,
  takeScheduledStatus,
} from '@anancus/db/queries/scheduled-statuses'
import { userByAccountId } from '@anancus/db/queries/users'
import type { ScheduledParams } from '../../entities/types/index.ts'
import type { Ctx } from '../../kernel/context.ts'
import { NotFoundError, RequestError } from '../../kernel/errors.ts'
import { transaction } from '../../kernel/transaction.ts'
import { draftStatus, type StatusDraft } from './draft-status.ts'
import { storeStatus } from './publish-status.ts'
import { sentParams } from './scheduled-params.ts'

const BATCH = 100

/**
 * Publishes what is due, each exactly once however many workers run: who deletes the row of one publishes it, in the
 * same transaction. One that fails for now is tried again the next time and holds up no other.
 *
 * @returns how many were published
 */
export async function publishScheduled(ctx: Ctx): Promise<number> {
  const now = ctx.clock.now()
  let published = 0
  let afterId = '0'
  for (;;) {
    const due = await dueScheduledStatuses(ctx.db, now, afterId, BATCH)
    for (const row of due) if (await publishOrLeave(ctx, row, now)) published++
    const last = due.at(-1)
    if (!last || due.length < BATCH) return published
    afterId = last.id
  }
}

async function publishOrLeave(ctx: Ctx, row: ScheduledStatusRow, now: Date): Promise<boolean> {
  try {
    return await publishOne(ctx, row, now)
  } catch (error) {
    ctx.log.error({ error, scheduledStatusId: row.id }, 'a scheduled status could not be published')
    return false
  }
}

async function publishOne(ctx: Ctx, row: ScheduledStatusRow, now: Date): Promise<boolean> {
  const account = await accountById(ctx.db, row.account_id)
  const user = account && (await userByAccountId(ctx.db, account.id))
  const mayPublish = account?.suspended_at === null && user && !user.disabled
  const draft = mayPublish ? await draftScheduled(ctx, account, user, row) : null
  return transaction(ctx, async (tx) => {
    const isOurs = await takeScheduledStatus(tx.db, row.id, now)
    if (!isOurs || !draft || !account) return false
    await storeStatus(tx, account, draft)
    return true
  })
}

/** What has become impossible meanwhile will not become possible: it is given up, as null. */
async function draftScheduled(
  ctx: Ctx,
  account: AccountRow,
  user: UserRow,
  row: ScheduledStatusRow,
): Promise<StatusDraft | null> {
  const kept = row.params as ScheduledParams
  const attached = await mediaOfScheduled(ctx.db, [row.id])
  const params = sentParams(kept)
  const mediaIds = params.mediaIds?.filter((id) => attached.some((media) => media.id === id))
  const draft = (inReplyToId: string | undefined) =>
    draftStatus(
      ctx,
      account,
      { ...params, mediaIds, inReplyToId },
      { user, applicationId: kept.application_id, attached },
    )
  try {
    // An answer to what is gone is still worth saying.
    return await draft(params.inReplyToId).catch((error: unknown) => {
      if (error instanceof NotFoundError && params.inReplyToId) return draft(undefined)
      throw error
    })
  } catch (error) {
    if (!(error instanceof RequestError)) throw error
    ctx.log.warn({ error, scheduledStatusId: row.id }, 'a scheduled status was given up')
    return null
  }
}
