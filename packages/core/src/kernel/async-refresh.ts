import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Ctx } from './context.ts'
import { redisKey } from './redis-keys.ts'

const RUNNING_SECONDS = 3600
const FINISHED_SECONDS = 600

/**
 * A job that fills an answer somebody has had: what it is about and for whom, `context:<account>:<status>` say. Clients ask
 * by an id that carries it, signed.
 *
 * @see https://docs.joinmastodon.org/methods/async_refreshes/
 */
export interface RefreshState {
  status: 'running' | 'finished'
  /** Null where nobody counts. */
  resultCount: number | null
}

const keyOf = (ctx: Ctx, subject: string) => redisKey(ctx, `async_refresh:${subject}`)

const runningKeyOf = (ctx: Ctx, subject: string) => `${keyOf(ctx, subject)}:running`

/** Notes that a job runs; false when it does already. @param options.counts its results are counted from 0 */
export async function startRefresh(
  ctx: Ctx,
  subject: string,
  options: { counts?: boolean } = {},
): Promise<boolean> {
  const key = keyOf(ctx, subject)
  // Of many who ask at once one starts.
  if (!(await ctx.redis.set(runningKeyOf(ctx, subject), '1', 'EX', RUNNING_SECONDS, 'NX'))) return false
  const fields = { status: 'running', ...(options.counts ? { result_count: '0' } : {}) }
  await ctx.redis.multi().del(key).hset(key, fields).expire(key, RUNNING_SECONDS).exec()
  return true
}

/** Counts what a running job found. */
export async function countRefresh(ctx: Ctx, subject: string, by = 1): Promise<void> {
  await ctx.redis.hincrby(keyOf(ctx, subject), 'result_count', by)
}

/** Notes that a job is done; clients can ask for ten minutes more. */
export async function finishRefresh(ctx: Ctx, subject: string): Promise<void> {
  const key = keyOf(ctx, subject)
  const running = runningKeyOf(ctx, subject)
  await ctx.redis.multi().hset(key, 'status', 'finished').expire(key, FINISHED_SECONDS).del(running).exec()
}

/** How far a job has come; null when none runs or ran of late. */
export async function readRefresh(ctx: Ctx, subject: string): Promise<RefreshState | null> {
  const fields = await ctx.redis.hgetall(keyOf(ctx, subject))
  if (fields.status !== 'running' && fields.status !== 'finished') return null
  const resultCount = fields.result_count === undefined ? null : Number(fields.result_count)
  return { status: fields.status, resultCount }
}

/** The header that tells a client of a job and when to ask again. */
export function refreshHeader(
  ctx: Ctx,
  subject: string,
  retrySeconds: number,
  state: RefreshState | null = null,
): Record<string, string> {
  const count = state?.resultCount === null || state === null ? '' : `, result_count=${state.resultCount}`
  return { 'Mastodon-Async-Refresh': `id="${refreshId(ctx, subject)}", retry=${retrySeconds}${count}` }
}

/** The id of a job, readable and signed. */
export function refreshId(ctx: Ctx, subject: string): string {
  return Buffer.concat([Buffer.from(`${subject}:`), signatureOf(ctx, subject)]).toString('base64url')
}

/** What an id stands for; null when it is none of ours. */
export function subjectOfRefresh(ctx: Ctx, id: string): string | null {
  const bytes = Buffer.from(id, 'base64url')
  if (bytes.toString('base64url') !== id || bytes.length <= SIGNATURE_BYTES + 1) return null
  const subject = bytes.subarray(0, -SIGNATURE_BYTES - 1).toString()
  return timingSafeEqual(bytes.subarray(-SIGNATURE_BYTES), signatureOf(ctx, subject)) ? subject : null
}

const SIGNATURE_BYTES = 16

function signatureOf({ config }: Ctx, subject: string): Buffer {
  const digest = createHmac('sha256', config.secretKeyBase).update(`async_refresh:${subject}`).digest()
  return digest.subarray(0, SIGNATURE_BYTES)
}
