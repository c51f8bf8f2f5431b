import { createHash } from 'node:crypto'
import type { AccountRow, ScheduledStatusRow, StatusRow } from '@anancus/db'
import { scheduledStatusById } from '@anancus/db/queries/scheduled-statuses'
import { statusById } from '@anancus/db/queries/statuses'
import type { Ctx } from '../../kernel/context.ts'
import { NotFoundError } from '../../kernel/errors.ts'
import { withLock } from '../../kernel/lock.ts'
import { redisKey } from '../../kernel/redis-keys.ts'
import { transaction } from '../../kernel/transaction.ts'
import { type DraftOptions, draftStatus, type StatusParams } from './draft-status.ts'
import { IDEMPOTENCY_SECONDS, PUBLISHING_LOCK_MS, PUBLISHING_WAIT_MS } from './limits.ts'
import { publishStatus, storeStatus } from './publish-status.ts'
import { readTime, scheduleStatus } from './schedule-status.ts'

type Result =
  | { status: StatusRow; scheduled?: undefined }
  | { status?: undefined; scheduled: ScheduledStatusRow }

/** What came of it; `isRepeat`: the key was used before, and this is what came of it then. */
export type Published = Result & { isRepeat: boolean }

export interface PublishOptions extends DraftOptions {
  idempotencyKey?: string | undefined
  /** When to publish, as it was sent; a time that has passed means now. */
  scheduledAt?: string | undefined
}

/**
 * As `publishStatus`, or `scheduleStatus` when it is for later; but repeating an idempotency key within an hour returns
 * the first result, also when both requests run at the same time. Keys belong to their account. While Redis is away a
 * key is not remembered.
 *
 * @throws RaceError the first request with this key takes too long
 * @throws NotFoundError a repeated key of a scheduled status that is published or cancelled
 */
export async function publishOnce(
  ctx: Ctx,
  account: AccountRow,
  params: StatusParams,
  options: PublishOptions,
): Promise<Published> {
  const time = readTime(options.scheduledAt)
  const later = time !== null && time > ctx.clock.now() ? time : null
  if (!options.idempotencyKey) {
    if (later)
      return { scheduled: await scheduleStatus(ctx, account, params, later, options), isRepeat: false }
    return { status: await publishStatus(ctx, account, params, options), isRepeat: false }
  }
  const digest = createHash('sha256').update(options.idempotencyKey).digest('hex')
  const name = `idempotency:status:${account.id}:${digest}`
  const publish = async (): Promise<Published> => {
    const earlier = await recall(ctx, account, name)
    if (earlier) return { ...earlier, isRepeat: true }
    const result = later
      ? await scheduleAs(ctx, name, account, params, later, options)
      : await publishAs(ctx, name, account, params, options)
    return { ...result, isRepeat: false }
  }
  return withLock(ctx, name, PUBLISHING_LOCK_MS, publish, { waitMs: PUBLISHING_WAIT_MS })
}

async function publishAs(
  ctx: Ctx,
  name: string,
  account: AccountRow,
  params: StatusParams,
  options: DraftOptions,
): Promise<Result> {
  const draft = await draftStatus(ctx, account, params, options)
  const status = await transaction(ctx, async (tx) => {
    const stored = await storeStatus(tx, account, draft)
    // Before the commit: a key of a status that never came to be is simply free.
    await remember(ctx, name, stored.id)
    return stored
  })
  return { status }
}

async function scheduleAs(
  ctx: Ctx,
  name: string,
  account: AccountRow,
  params: StatusParams,
  time: Date,
  options: DraftOptions,
): Promise<Result> {
  const scheduled = await scheduleStatus(ctx, account, params, time, options)
  await remember(ctx, name, SCHEDULED + scheduled.id)
  return { scheduled }
}

const SCHEDULED = 'scheduled:'

async function recall(ctx: Ctx, account: AccountRow, name: string): Promise<Result | null> {
  const id = await whileRedisIsThere(ctx, () => ctx.redis.get(redisKey(ctx, name)))
  if (id?.startsWith(SCHEDULED)) {
    const scheduled = await scheduledStatusById(ctx.db, id.slice(SCHEDULED.length))
    // Not a free key: the status may have been published by now, and must not be twice.
    if (scheduled?.account_id !== account.id) throw new NotFoundError()
    return { scheduled }
  }
  const status = id ? await statusById(ctx.db, id) : null
  return status?.account_id === account.id ? { status } : null
}

async function remember(ctx: Ctx, name: string, id: string): Promise<void> {
  await whileRedisIsThere(ctx, () => ctx.redis.set(redisKey(ctx, name), id, 'EX', IDEMPOTENCY_SECONDS))
}

/** A status is worth more than its key. */
async function whileRedisIsThere<T>(ctx: Ctx, work: () => Promise<T>): Promise<T | null> {
  try {
    return await work()
  } catch (error) {
    ctx.log.warn({ error }, 'publishing without an idempotency key: Redis is away')
    return null
  }
}
