import { readerIds, statusIdsToMail } from '@anancus/db/queries/email-subscriptions'
import { mailSubscriberJob, mailSubscribersJob } from '../../jobs/index.ts'
import type { Ctx } from '../../kernel/context.ts'
import { enqueue, enqueueMany } from '../../kernel/enqueue.ts'
import { NotFoundError } from '../../kernel/errors.ts'
import { redisKey } from '../../kernel/redis-keys.ts'
import { transaction } from '../../kernel/transaction.ts'
import { DIGEST_POSTS, MAILED_MARK_SECONDS, READER_BATCH } from './limits.ts'
import { getLocal, isReadableByMail } from './offers.ts'

export interface MailSubscribers {
  accountId: string
  /** The first post that readers were not written to about. */
  firstStatusId: string
  /** Which posts; none in the first batch, which looks for them. */
  statusIds: string[]
  /** Readers up to this one have their mail. */
  afterReaderId: string
}

/**
 * Writes to the readers of an account about its new posts, a batch at a time; what was written in the last minutes is
 * one mail. Runs `mailers.mail_subscribers`.
 */
export async function mailSubscribers(ctx: Ctx, payload: MailSubscribers): Promise<void> {
  if (!(await isOffered(ctx, payload.accountId))) return
  const statusIds = payload.statusIds.length > 0 ? payload.statusIds : await newPosts(ctx, payload)
  if (statusIds.length === 0) return
  await transaction(ctx, async (tx) => {
    const readers = await readerIds(tx.db, payload.accountId, payload.afterReaderId, READER_BATCH)
    await enqueueMany(
      tx,
      mailSubscriberJob,
      readers.map((subscriptionId) => ({ subscriptionId, statusIds })),
    )
    const last = readers.at(-1)
    if (last !== undefined && readers.length === READER_BATCH)
      await enqueue(tx, mailSubscribersJob, { ...payload, statusIds, afterReaderId: last })
  })
}

async function isOffered(ctx: Ctx, accountId: string): Promise<boolean> {
  try {
    return await isReadableByMail(ctx, await getLocal(ctx, accountId))
  } catch (error) {
    if (error instanceof NotFoundError) return false // the account is gone, and its readers with it
    throw error
  }
}

/** Posts that no mail told of. How far the last one went lies in Redis: a post comes twice when that is lost, never less. */
async function newPosts(ctx: Ctx, { accountId, firstStatusId }: MailSubscribers): Promise<string[]> {
  const key = redisKey(ctx, `email_subscriptions:${accountId}:mailed`)
  const mailed = BigInt((await ctx.redis.get(key)) ?? 0)
  const before = BigInt(firstStatusId) - 1n
  const ids = await statusIdsToMail(
    ctx.db,
    accountId,
    String(mailed > before ? mailed : before),
    DIGEST_POSTS,
  )
  const last = ids.at(-1)
  if (last !== undefined) await ctx.redis.set(key, last, 'EX', MAILED_MARK_SECONDS)
  return ids
}
