import { randomUUID } from 'node:crypto'
import {
  acceptedOutboxJobs,
  deleteOutboxJob,
  forgetAcceptance,
  markOutboxAccepted,
  type OutboxJob,
  releaseOutboxKey,
  takeSweepLock,
  waitingOutboxJobs,
} from '@anancus/db/queries/job-outbox'
import type { JobDefinition } from '../jobs/define.ts'
import type { Ctx } from './context.ts'
import { outboxJobId, sendToQueue } from './enqueue.ts'
import { queuePrefix } from './queue.ts'
import { redisKey } from './redis-keys.ts'
import { isRedisReady } from './redis.ts'
import { transaction } from './transaction.ts'

/** A row younger than this is still on its way from whoever wrote it. */
const GRACE_MS = 10_000
/** How long after its acceptance a job is looked for in Redis again. */
const RECHECK_AFTER_MS = 60_000
const BATCH = 1_000
/** Rows looked for in one sweep, so that a sweep stays short however many jobs wait for a retry. */
const MOST_CHECKED_PER_SWEEP = 10_000

export type JobLookup = (name: string) => JobDefinition<unknown> | undefined

export interface Sweep {
  /** Redis had lost its data, or had been restarted: everything was sent again. */
  redisWasEmpty: boolean
  resent: number
}

/**
 * Makes the queue hold every job the outbox knows. A row that was never sent is sent; a row whose job has vanished from
 * Redis is sent again; after Redis lost its data or was restarted (its epoch is gone, or of another run) all are.
 * Sending what the queue has already changes nothing. For a timer outside the queue.
 */
export class OutboxSweeper {
  readonly #ctx: Ctx
  readonly #jobNamed: JobLookup
  /** The last accepted row that was looked for; the walk starts over at the end. */
  #checkedUpTo = '0'
  #isFirst = true

  constructor(ctx: Ctx, jobNamed: JobLookup) {
    this.#ctx = ctx
    this.#jobNamed = jobNamed
  }

  /** One sweep; a few statements when there is nothing to do. Safe in several processes at once. */
  async sweep(): Promise<Sweep> {
    if (!isRedisReady(this.#ctx.redis)) return { redisWasEmpty: false, resent: 0 }
    const redisWasEmpty = await this.#noticeNewEpoch()
    // At the start of a process whatever lies unsent was left by one that died.
    const olderThanMs = redisWasEmpty || this.#isFirst ? 0 : GRACE_MS
    this.#isFirst = false
    const resent = (await this.#sendWaiting(olderThanMs)) + (await this.#checkAccepted())
    if (resent > 0) this.#ctx.log.info({ resent, redisWasEmpty }, 'outbox sent again')
    return { redisWasEmpty, resent }
  }

  async #noticeNewEpoch(): Promise<boolean> {
    const ctx = this.#ctx
    const run = runIdOf(await ctx.redis.info('server'))
    const key = redisKey(ctx, EPOCH_KEY)
    const known = await ctx.redis.get(key)
    if (known?.startsWith(`${run}:`)) return false
    await forgetAcceptance(ctx.db)
    // The epoch is set after the rows are marked: a crash in between marks them twice, never not at all.
    await ctx.redis.set(key, `${run}:${randomUUID()}`)
    ctx.log.warn({ known, run }, 'Redis is empty or was restarted: every durable job is sent again')
    return true
  }

  async #sendWaiting(olderThanMs: number): Promise<number> {
    let sent = 0
    for (let last = '0'; ; ) {
      const rows = await this.#inTurn(async (tx) => {
        const waiting = await waitingOutboxJobs(tx.db, { olderThanMs, afterId: last, limit: BATCH })
        const missing = await this.#missing(waiting)
        await this.#send(missing)
        await markOutboxAccepted(tx.db, idsOf(waiting))
        sent += missing.length
        return waiting
      })
      const lastRow = rows?.at(-1)
      if (!rows || !lastRow || rows.length < BATCH) return sent
      last = lastRow.id
      this.#ctx.log.info({ sent }, 'sending the outbox')
    }
  }

  async #checkAccepted(): Promise<number> {
    let resent = 0
    for (let checked = 0; checked < MOST_CHECKED_PER_SWEEP; checked += BATCH) {
      const rows = await acceptedOutboxJobs(this.#ctx.db, {
        olderThanMs: RECHECK_AFTER_MS,
        afterId: this.#checkedUpTo,
        limit: BATCH,
      })
      const missing = await this.#missing(rows)
      // A job that was finished a moment ago has no row any more.
      const alive = new Set(await markOutboxAccepted(this.#ctx.db, idsOf(missing)))
      await this.#send(missing.filter((row) => alive.has(row.id)))
      resent += alive.size
      this.#checkedUpTo = rows.length < BATCH ? '0' : (rows.at(-1)?.id ?? '0')
      if (rows.length < BATCH) break
    }
    return resent
  }

  /** Runs a batch under the sweepers' lock; undefined when another process holds it. */
  #inTurn<T>(work: (tx: Ctx) => Promise<T>): Promise<T | undefined> {
    return transaction(this.#ctx, async (tx) => ((await takeSweepLock(tx.db)) ? work(tx) : undefined))
  }

  /** Those of the rows whose job is not in Redis; one pipeline. */
  async #missing(rows: readonly OutboxJob[]): Promise<OutboxJob[]> {
    const pipeline = this.#ctx.redis.pipeline()
    const known = rows.filter((row) => this.#jobNamed(row.name))
    for (const row of known) {
      const queue = this.#jobNamed(row.name)?.queue
      pipeline.exists(`${queuePrefix(this.#ctx.config)}:${queue}:${outboxJobId(row.id, row.key !== null)}`)
    }
    const answers = (await pipeline.exec()) ?? []
    return known.filter((_, index) => answers[index]?.[1] === 0)
  }

  async #send(rows: readonly OutboxJob[]): Promise<void> {
    for (const [name, group] of Map.groupBy(rows, (row) => row.name)) {
      const job = this.#jobNamed(name)
      if (!job) continue
      await sendToQueue(
        this.#ctx,
        job,
        group.map((row) => ({
          payload: row.payload,
          jobId: outboxJobId(row.id, row.key !== null),
          delayMs: Math.max(0, row.run_at.getTime() - Date.now()),
        })),
      )
    }
  }
}

/** Changes whenever Redis may have lost something: what was built under another epoch is not to be trusted. */
export const EPOCH_KEY = 'epoch'

function runIdOf(info: string): string {
  return /^run_id:(\w+)/m.exec(info)?.[1] ?? 'unknown'
}

function idsOf(rows: readonly OutboxJob[]): string[] {
  return rows.map((row) => row.id)
}

/** Says that a job with a key begins: from now on another one with its key is a new job. */
export async function startOutboxJob(ctx: Ctx, id: string): Promise<void> {
  await releaseOutboxKey(ctx.db, id)
}

/** Takes a job that is done, or given up, out of the outbox. */
export async function finishOutboxJob(ctx: Ctx, id: string): Promise<void> {
  await deleteOutboxJob(ctx.db, id)
}
