import type { PollRow } from '@anancus/db'
import { accountById } from '@anancus/db/queries/accounts'
import { localVoters, pollById } from '@anancus/db/queries/polls'
import { statusById } from '@anancus/db/queries/statuses'
import { endPollJob, notifyJob, sendPollUpdateJob } from '../../jobs/index.ts'
import type { Ctx } from '../../kernel/context.ts'
import { enqueue, enqueueMany } from '../../kernel/enqueue.ts'
import { transaction } from '../../kernel/transaction.ts'
import { isLocal } from '../../kernel/uris.ts'
import { POLL_SKEW_MS, POLL_UPDATE_DELAY_MS, REMOTE_POLL_GRACE_MS } from './limits.ts'

/** Some servers write an end in a thousand years for never; nobody waits for it. */
const LONGEST_WAIT_MS = 366 * 24 * 60 * 60_000

/**
 * Sees to it that the end of a poll is told. To be called again when the end has moved: the job that comes too early
 * then does nothing.
 *
 * @param poll with `isRemote` for one whose server is given a while to count
 */
export async function awaitPollEnd(
  ctx: Ctx,
  poll: { id: string; expiresAt: Date; isRemote?: boolean },
): Promise<void> {
  const untilEnd = poll.expiresAt.getTime() - ctx.clock.now().getTime()
  if (untilEnd > LONGEST_WAIT_MS) return
  const delayMs = Math.max(0, untilEnd) + (poll.isRemote ? REMOTE_POLL_GRACE_MS : 1000)
  await enqueue(ctx, endPollJob, { pollId: poll.id }, { delayMs, jobId: `${poll.id}-${+poll.expiresAt}` })
}

/** Tells that a poll is over: its author and voters here, and other servers of one of ours. Twice tells once. */
export async function endPoll(ctx: Ctx, payload: { pollId: string }): Promise<void> {
  const poll = await pollById(ctx.db, payload.pollId)
  if (!poll || !isOver(poll, ctx.clock.now())) return
  const status = await statusById(ctx.db, poll.status_id)
  const author = status ? await accountById(ctx.db, poll.account_id) : null
  if (status?.poll_id !== poll.id || !author) return
  const voters = await localVoters(ctx.db, poll.id)
  const told = isLocal(author) ? new Set([author.id, ...voters]) : new Set(voters)
  const about = { type: 'poll', activityType: 'Poll', activityId: poll.id, fromAccountId: author.id }
  await transaction(ctx, async (tx) => {
    await enqueueMany(
      tx,
      notifyJob,
      [...told].map((recipientId) => ({ ...about, recipientId })),
    )
    if (isLocal(author)) await enqueue(tx, sendPollUpdateJob, { statusId: status.id })
  })
}

/** The queue's clock may be a little ahead of ours. */
function isOver(poll: PollRow, now: Date): boolean {
  return poll.expires_at !== null && poll.expires_at.getTime() - now.getTime() < POLL_SKEW_MS
}

/** Lets other servers know new counts in a while; further votes until then go with them. Hidden counts are not told. */
export async function announceTally(ctx: Ctx, poll: PollRow): Promise<void> {
  if (poll.hide_totals) return
  await enqueue(
    ctx,
    sendPollUpdateJob,
    { statusId: poll.status_id },
    { delayMs: POLL_UPDATE_DELAY_MS, jobId: poll.status_id },
  )
}
