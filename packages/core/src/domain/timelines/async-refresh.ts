import { createHmac, timingSafeEqual } from 'node:crypto'
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
  const id = refreshId(ctx, HOME, accountId)
  return { 'Mastodon-Async-Refresh': `id="${id}", retry=${REFRESH_RETRY_SECONDS}` }
}

/**
 * How far a refresh has come. Ids carry a signature and are good for their owner only.
 *
 * @throws NotFoundError not an id of ours, or somebody else's
 * @see https://docs.joinmastodon.org/methods/async_refreshes/
 */
export async function readAsyncRefresh(ctx: Ctx, viewer: Viewer, id: string): Promise<AsyncRefresh> {
  const accountId = viewer.account.id
  if (!isEqual(id, refreshId(ctx, HOME, accountId))) throw new NotFoundError('Not Found')
  const isBuilt = await isFeedBuilt(ctx, accountId)
  return { id, status: isBuilt ? 'finished' : 'running', result_count: null }
}

function refreshId(ctx: Ctx, what: string, accountId: string): string {
  const subject = `${what}:${accountId}`
  const signature = createHmac('sha256', ctx.config.secretKeyBase).update(`async_refresh:${subject}`).digest()
  return Buffer.concat([Buffer.from(`${subject}:`), signature.subarray(0, 16)]).toString('base64url')
}

function isEqual(given: string, expected: string): boolean {
  const [left, right] = [Buffer.from(given), Buffer.from(expected)]
  return left.length === right.length && timingSafeEqual(left, right)
}
