import type { Ctx } from '@anancus/core/kernel/context'
import { createRedis } from '@anancus/core/kernel/redis'
import { redisKey } from '@anancus/core/kernel/redis-keys'
import type { Redis } from 'ioredis'
import { Message } from './message.ts'
import { messagesReceived } from './metrics.ts'

/** Without it a connection that was cut silently would look alive for ever. */
const PING_EVERY_MS = 15_000

export type Listener = (message: Message) => void

/**
 * One Redis subscriber for all sockets of this process: a channel is subscribed to once, and a message parsed once,
 * however many listen.
 */
export class Hub {
  readonly #ctx: Ctx
  readonly #redis: Redis
  readonly #listeners = new Map<string, { all: Set<Listener>; ready: Promise<unknown> }>()
  readonly #pinger: NodeJS.Timeout
  #wasAway = false

  constructor(ctx: Ctx) {
    this.#ctx = ctx
    this.#redis = createRedis(ctx.config, { purpose: 'subscriber', name: 'streaming', log: ctx.log })
    this.#redis.on('message', (channel: string, text: string) => this.#receive(channel, text))
    this.#redis.on('close', () => {
      this.#wasAway = true
    })
    this.#pinger = setInterval(() => {
      if (this.isConnected) this.#redis.ping().catch(() => {}) // the connection reports its own errors
    }, PING_EVERY_MS)
  }

  /** Calls `work` whenever Redis is back: what was said meanwhile is lost. */
  onReturn(work: () => void): void {
    this.#redis.on('ready', () => {
      if (this.#wasAway) work()
      this.#wasAway = false
    })
  }

  /** Channels with a listener, without the prefix of the instance. */
  get channels(): string[] {
    return [...this.#listeners.keys()]
  }

  get isConnected(): boolean {
    return this.#redis.status === 'ready'
  }

  /** Listens to a channel from the moment the promise is fulfilled; returns how to stop. */
  async listen(channel: string, listener: Listener): Promise<() => void> {
    let entry = this.#listeners.get(channel)
    if (!entry) {
      entry = { all: new Set(), ready: this.#redis.subscribe(redisKey(this.#ctx, channel)) }
      this.#listeners.set(channel, entry)
    }
    entry.all.add(listener)
    try {
      await entry.ready
    } catch (error) {
      this.#forget(channel, listener)
      throw error
    }
    return () => this.#forget(channel, listener)
  }

  #forget(channel: string, listener: Listener): void {
    const entry = this.#listeners.get(channel)
    entry?.all.delete(listener)
    if (entry?.all.size !== 0) return
    this.#listeners.delete(channel)
    this.#redis.unsubscribe(redisKey(this.#ctx, channel)).catch((error: unknown) => {
      this.#ctx.log.debug({ error, channel }, 'unsubscribing failed')
    })
  }

  #receive(prefixed: string, text: string): void {
    messagesReceived.inc()
    const channel = prefixed.slice(this.#ctx.config.redis.prefix.length)
    const entry = this.#listeners.get(channel)
    if (!entry) return
    const message = Message.parse(text)
    if (!message) return this.#ctx.log.warn({ channel }, 'a message that is none')
    for (const listener of entry.all) {
      try {
        listener(message)
      } catch (error) {
        this.#ctx.log.error({ error, channel, event: message.event }, 'a session failed over a message')
      }
    }
  }

  close(): void {
    clearInterval(this.#pinger)
    this.#redis.disconnect()
  }
}
