import type { Redis } from 'ioredis'
import type { Config } from './config.ts'
import type { Logger } from './log.ts'

/**
 * Values that may be lost at any time, in Redis under `cache:`. Every key is built by a function beside its reader, and
 * says who invalidates it.
 */
export interface Cache {
  /** The cached value, or the computed one, kept for `ttlSeconds`. Parallel misses in one process compute once. */
  fetch<T>(key: string, ttlSeconds: number, compute: () => Promise<T>): Promise<T>
  delete(...keys: string[]): Promise<void>
  /** Deletes everything that is cached. */
  clear(): Promise<void>
}

/** The cache of this process. While Redis is away every value is computed, and nothing fails for it. */
export function createCache(config: Pick<Config, 'redis'>, redis: Redis, log: Logger): Cache {
  const running = new Map<string, Promise<unknown>>()
  const nameOf = (key: string) => `${config.redis.prefix}cache:${key}`
  const read = async (key: string): Promise<string | null> => {
    try {
      return await redis.get(nameOf(key))
    } catch (error) {
      log.debug({ error, key }, 'cache not read')
      return null
    }
  }
  const write = async (key: string, value: unknown, ttlSeconds: number): Promise<void> => {
    try {
      // What is undefined has no JSON; it is computed again next time.
      if (value !== undefined) await redis.set(nameOf(key), JSON.stringify(value), 'EX', ttlSeconds)
    } catch (error) {
      log.debug({ error, key }, 'cache not written')
    }
  }
  return {
    async fetch<T>(key: string, ttlSeconds: number, compute: () => Promise<T>): Promise<T> {
      const known = await read(key)
      if (known !== null) return JSON.parse(known) as T
      const underway = running.get(key)
      if (underway) return underway as Promise<T>
      const work = (async () => {
        const value = await compute()
        await write(key, value, ttlSeconds)
        return value
      })()
      running.set(key, work)
      try {
        return await work
      } finally {
        running.delete(key)
      }
    },
    async delete(...keys) {
      try {
        if (keys.length > 0) await redis.del(...keys.map(nameOf))
      } catch (error) {
        log.warn({ error, keys }, 'cache not cleared: old values live until they expire')
      }
    },
    async clear() {
      const stream = redis.scanStream({ match: nameOf('*'), count: 1_000 })
      for await (const keys of stream as AsyncIterable<string[]>)
        if (keys.length > 0) await redis.unlink(...keys)
    },
  }
}
