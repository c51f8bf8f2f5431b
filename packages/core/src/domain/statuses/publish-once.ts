import { createHash } from 'node:crypto'
import type { AccountRow, StatusRow } from '@anancus/db'
import { statusById } from '@anancus/db/queries/statuses'
import type { Ctx } from '../../kernel/context.ts'
import { withLock } from '../../kernel/lock.ts'
import { redisKey } from '../../kernel/redis-keys.ts'
import { transaction } from '../../kernel/transaction.ts'
import { type DraftOptions, draftStatus, type StatusParams } from './draft-status.ts'
import { IDEMPOTENCY_SECONDS, PUBLISHING_LOCK_MS, PUBLISHING_WAIT_MS } from './limits.ts'
import { publishStatus, storeStatus } from './publish-status.ts'

export interface Published {
  status: StatusRow
  /** The key was used before: this is what came of it then. */
  isRepeat: boolean
}

/**
 * As `publishStatus`, but repeating an idempotency key within an hour returns the first result, also when both requests
 * run at the same time. Keys belong to their account. While Redis is away a key is not remembered.
 *
 * @throws RaceError the first request with this key takes too long
 */
export async function publishOnce(
  ctx: Ctx,
  account: AccountRow,
  params: StatusParams,
  options: DraftOptions & { idempotencyKey?: string | undefined },
): Promise<Published> {
  if (!options.idempotencyKey)
    return { status: await publishStatus(ctx, account, params, options), isRepeat: false }
  const digest = createHash('sha256').update(options.idempotencyKey).digest('hex')
  const name = `idempotency:status:${account.id}:${digest}`
  const publish = async (): Promise<Published> => {
    const earlier = await recall(ctx, account, name)
    if (earlier) return { status: earlier, isRepeat: true }
    const draft = await draftStatus(ctx, account, params, options)
    const status = await transaction(ctx, async (tx) => {
      const stored = await storeStatus(tx, account, draft)
      // Before the commit: a key of a status that never came to be is simply free.
      await remember(ctx, name, stored.id)
      return stored
    })
    return { status, isRepeat: false }
  }
  return withLock(ctx, name, PUBLISHING_LOCK_MS, publish, { waitMs: PUBLISHING_WAIT_MS })
}

async function recall(ctx: Ctx, account: AccountRow, name: string): Promise<StatusRow | null> {
  const id = await whileRedisIsThere(ctx, () => ctx.redis.get(redisKey(ctx, name)))
  const status = id ? await statusById(ctx.db, id) : null
  return status?.account_id === account.id ? status : null
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
