import type { Db } from '@anancus/db'
import type { Redis } from 'ioredis'
import type { Cache } from './cache.ts'
import type { Clock } from './clock.ts'
import type { Config } from './config.ts'
import type { HttpClient } from './http-client.ts'
import type { Logger } from './log.ts'
import type { Mailer } from './mailer/mailer.ts'
import type { Queues } from './queue.ts'
import type { Storage } from './storage/storage.ts'
import type { Held } from './transaction.ts'

/** Everything a function needs from its process. Built once in main.ts; narrowed per request, job or transaction. */
export interface Ctx {
  config: Config
  /** The pool, or inside `transaction` the transaction. */
  db: Db
  /** Commands go with `config.redis.prefix` through `kernel/redis-keys.ts`; ioredis adds nothing itself. */
  redis: Redis
  cache: Cache
  queues: Queues
  storage: Storage
  http: HttpClient
  mailer: Mailer
  log: Logger
  clock: Clock
  /** Inside `transaction`: what waits for the commit. */
  held?: Held
}
