import { callbackify } from 'node:util'
import type { Ctx } from '@anancus/core/kernel/context'
import { redisKey } from '@anancus/core/kernel/redis-keys'
import session, { type SessionData } from 'express-session'

const DAY_SECONDS = 86_400

/** Form sessions in Redis. They hold CSRF tokens and where to go next; who is signed in lies in Postgres. */
export class SessionStore extends session.Store {
  readonly #ctx: Ctx

  constructor(ctx: Ctx) {
    super()
    this.#ctx = ctx
  }

  #key(id: string): string {
    return redisKey(this.#ctx, `session:${id}`)
  }

  override get(id: string, done: (error: unknown, data?: SessionData | null) => void): void {
    callbackify(() => this.#read(id))(done)
  }

  override set(id: string, data: SessionData, done: (error?: unknown) => void = () => {}): void {
    callbackify(() => this.#ctx.redis.set(this.#key(id), JSON.stringify(data), 'EX', DAY_SECONDS))(done)
  }

  override touch(id: string, _data: SessionData, done: () => void = () => {}): void {
    callbackify(() => this.#ctx.redis.expire(this.#key(id), DAY_SECONDS))(done)
  }

  override destroy(id: string, done: (error?: unknown) => void = () => {}): void {
    callbackify(() => this.#ctx.redis.del(this.#key(id)))(done)
  }

  async #read(id: string): Promise<SessionData | null> {
    const text = await this.#ctx.redis.get(this.#key(id))
    return text === null ? null : (JSON.parse(text) as SessionData)
  }
}
