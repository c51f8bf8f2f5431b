import type { Ctx } from './context.ts'

/** A key or channel of this instance in a Redis that several may share. Names as Mastodon's: `feed:home:1`. */
export function redisKey(ctx: Pick<Ctx, 'config'>, name: string): string {
  return ctx.config.redis.prefix + name
}
