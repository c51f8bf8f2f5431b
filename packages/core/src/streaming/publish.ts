import type { Ctx } from '../kernel/context.ts'
import { redisKey } from '../kernel/redis-keys.ts'
import { afterCommit } from '../kernel/transaction.ts'
import { subscribedKey } from './channels.ts'
import type { StreamingMessage } from './messages.ts'

/**
 * Sends a message to whoever listens; inside a transaction after its commit. Streams are a convenience, the API is the
 * truth: a message that Redis does not take is logged and gone.
 *
 * @see https://docs.joinmastodon.org/methods/streaming/
 */
export async function publish(ctx: Ctx, channel: string, message: StreamingMessage): Promise<void> {
  await publishMany(ctx, [{ channel, message }])
}

/** Sends messages in one pipeline. */
export async function publishMany(
  ctx: Ctx,
  messages: readonly { channel: string; message: StreamingMessage | string }[],
): Promise<void> {
  if (messages.length === 0) return
  await afterCommit(ctx, async (outer) => {
    try {
      const pipeline = outer.redis.pipeline()
      for (const { channel, message } of messages) {
        const text = typeof message === 'string' ? message : JSON.stringify(message)
        pipeline.publish(redisKey(outer, channel), text)
      }
      await pipeline.exec()
    } catch (error) {
      outer.log.warn({ error, count: messages.length }, 'not published: Redis is away')
    }
  })
}

/**
 * Of the channels, those that somebody listens to; one Redis call. Ask before rendering for single accounts. While
 * Redis is away nobody listens.
 */
export async function listenedTo(ctx: Ctx, channels: readonly string[]): Promise<Set<string>> {
  if (channels.length === 0) return new Set()
  try {
    const marks = await ctx.redis.mget(channels.map((channel) => redisKey(ctx, subscribedKey(channel))))
    return new Set(channels.filter((_, index) => marks[index] !== null))
  } catch (error) {
    ctx.log.debug({ error }, 'listeners unknown: Redis is away')
    return new Set()
  }
}
