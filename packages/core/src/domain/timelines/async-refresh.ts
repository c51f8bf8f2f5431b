import { readRefresh, refreshHeader, subjectOfRefresh } from '../../kernel/async-refresh.ts'
import type { Ctx } from '../../kernel/context.ts'
import { NotFoundError } from '../../kernel/errors.ts'
import type { Viewer } from '../../kernel/viewer.ts'
import { isFeedBuilt } from './feed-store.ts'
import { REFRESH_RETRY_SECONDS } from './limits.ts'

const HOME = 'home'

export interface AsyncRefresh {
  id: string
  status: 'running' | 'finished'
  /** Home feeds do not count what they gain. */
  result_count: number | null
}

/** The header that tells a client that its home feed is being built, and what to ask about it. */
export function homeRefreshHeader(ctx: Ctx, accountId: string): Record<string, string> {
  return refreshHeader(ctx, `${HOME}:${accountId}`, REFRESH_RETRY_SECONDS)
}

/**
 * How far a refresh has come. Ids carry a signature and are good for their owner only, who stands second in them.
 *
 * @throws NotFoundError not an id of ours, somebody else's, or of a job long done
 * @see https://docs.joinmastodon.org/methods/async_refreshes/
 */
export async function readAsyncRefresh(ctx: Ctx, viewer: Viewer, id: string): Promise<AsyncRefresh> {
  const subject = subjectOfRefresh(ctx, id)
  const [what, owner] = subject?.split(':') ?? []
  if (subject === null || owner !== viewer.account.id) throw new NotFoundError('Not Found')
  if (what === HOME) {
    const isBuilt = await isFeedBuilt(ctx, owner)
    return { id, status: isBuilt ? 'finished' : 'running', result_count: null }
  }
  const state = await readRefresh(ctx, subject)
  if (!state) throw new NotFoundError('Not Found')
  return { id, status: state.status, result_count: state.resultCount }
}
