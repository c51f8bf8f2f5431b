import type { StatusRow } from '@anancus/db'
import { claimRepliesFetch } from '@anancus/db/queries/status-threads'
import { statusById } from '@anancus/db/queries/statuses'
import { fetchRepliesJob } from '../../jobs/index.ts'
import { readRefresh, refreshHeader, startRefresh } from '../../kernel/async-refresh.ts'
import type { Ctx } from '../../kernel/context.ts'
import { enqueue } from '../../kernel/enqueue.ts'
import type { Viewer } from '../../kernel/viewer.ts'
import { REPLIES_FETCH } from './limits.ts'

/**
 * Begins to fetch what others answered in a thread that somebody here looks at, unless that was done of late; says by
 * headers whether a job runs, and how to ask about it. Public and unlisted remote statuses only, and nothing for
 * visitors.
 *
 * @see https://docs.joinmastodon.org/methods/statuses/#context
 */
export async function refreshThread(
  ctx: Ctx,
  viewer: Viewer | null,
  statusId: string,
): Promise<Record<string, string>> {
  if (!viewer) return {}
  const subject = `context:${viewer.account.id}:${statusId}`
  const state = await readRefresh(ctx, subject)
  if (state?.status === 'running') return refreshHeader(ctx, subject, REPLIES_FETCH.retrySeconds, state)
  const status = await statusById(ctx.db, statusId)
  if (!status || !mayHaveMore(ctx, status) || !(await claim(ctx, status))) return {}
  await startRefresh(ctx, subject, { counts: true })
  await enqueue(ctx, fetchRepliesJob, { statusId, subject })
  return refreshHeader(ctx, subject, REPLIES_FETCH.retrySeconds, { status: 'running', resultCount: 0 })
}

/** Whether answers to it may be where we have not looked: it is another server's, for everybody, and not quite new. */
function mayHaveMore(ctx: Ctx, status: StatusRow): boolean {
  if (status.local || status.uri === null || status.visibility > 1 || status.reblog_of_id !== null)
    return false
  return ctx.clock.now().getTime() - status.created_at.getTime() > REPLIES_FETCH.minimumAgeMs
}

/** Of many who look at once one asks. */
export function claim(ctx: Ctx, status: Pick<StatusRow, 'id'>): Promise<boolean> {
  const now = ctx.clock.now()
  return claimRepliesFetch(ctx.db, status.id, now, new Date(now.getTime() - REPLIES_FETCH.pauseMs))
}
