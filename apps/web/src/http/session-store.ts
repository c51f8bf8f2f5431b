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
    this.#ctx.redis.get(this.#key(id)).then(
      (text) => done(null, text === null ? null : (JSON.parse(text) as SessionData)),
      (error: unknown) => done(error),
    )
  }

  override set(id: string, data: SessionData, done?: (error?: unknown) => void): void {
    this.#ctx.redis.set(this.#key(id), JSON.stringify(data), 'EX', DAY_SECONDS).then(
      () => done?.(),
      (error: unknown) => done?.(error),
    )
  }

  override touch(id: string, _data: SessionData, done?: () => void): void {
    this.#ctx.redis.expire(this.#key(id), DAY_SECONDS).then(
      () => done?.(),
      () => done?.(),
    )
  }

  override destroy(id: string, done?: (error?: unknown) => void): void {
    this.#ctx.redis.del(this.#key(id)).then(
      () => done?.(),
      (error: unknown) => done?.(error),
    )
  }
}
