import { randomUUID } from 'node:crypto'
import type { Ctx } from '@anancus/core/kernel/context'
import { redisKey } from '@anancus/core/kernel/redis-keys'
import { SUBSCRIBED_REFRESH_SECONDS, SUBSCRIBED_TTL_SECONDS, subscribedKey } from '@anancus/core/streaming'
import type { Hub } from './hub.ts'

const LOOK_EVERY_MS = 5_000
const BATCH = 1_000

/**
 * Tells publishers which channels somebody listens to: they render nothing for those that nobody does. The marks are
 * renewed in time, and at once when Redis has lost them.
 */
export class Presence {
  readonly #ctx: Ctx
  readonly #hub: Hub
  /** Vanishes with the marks, and so tells that they are gone. */
  readonly #witness: string
  readonly #timer: NodeJS.Timeout
  #renewedAt = 0

  constructor(ctx: Ctx, hub: Hub, lookEveryMs = LOOK_EVERY_MS) {
    this.#ctx = ctx
    this.#hub = hub
    this.#witness = redisKey(ctx, `subscribed:witness:${randomUUID()}`)
    this.#timer = setInterval(() => void this.#look(), lookEveryMs)
  }

  /** Marks a channel; the answer is not waited for by events that come meanwhile. */
  async mark(channels: readonly string[]): Promise<void> {
    const pipeline = this.#ctx.redis.pipeline()
    for (const channel of channels)
      pipeline.set(redisKey(this.#ctx, subscribedKey(channel)), '1', 'EX', SUBSCRIBED_TTL_SECONDS)
    await pipeline.exec()
  }

  /** Marks every channel of this process again. */
  async renew(): Promise<void> {
    this.#renewedAt = 0
    // First: where Redis forgets everything between the two, marks without a witness are only written once more.
    await this.#ctx.redis.set(this.#witness, '1', 'EX', SUBSCRIBED_TTL_SECONDS)
    const channels = this.#hub.channels
    for (let start = 0; start < channels.length; start += BATCH) {
      await this.mark(channels.slice(start, start + BATCH))
    }
    this.#renewedAt = Date.now()
  }

  async #look(): Promise<void> {
    try {
      const isOld = Date.now() - this.#renewedAt > SUBSCRIBED_REFRESH_SECONDS * 1000
      if (isOld || (await this.#ctx.redis.exists(this.#witness)) === 0) await this.renew()
    } catch (error) {
      this.#ctx.log.debug({ error }, 'presence not renewed: Redis is away')
    }
  }

  close(): void {
    clearInterval(this.#timer)
  }
}
