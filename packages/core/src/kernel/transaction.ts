import type { Ctx } from './context.ts'
import { isTransientConflict, withRetries } from './retry.ts'

/** Enqueues and publications made inside a transaction; they go out after its commit and vanish with its rollback. */
export type Held = ((outer: Ctx) => Promise<void>)[]

/**
 * Runs `work` in a database transaction. The context handed down is `ctx` with `db` being the transaction; `enqueue`
 * and `publish` called with it wait for the commit, so that a worker never sees a job before its row. A nested call
 * joins the outer transaction. No remote request, no file, no mail inside one.
 *
 * A transaction that gave way to another one (deadlock) is run again, at most three times in all: `work` must be able
 * to start over.
 */
export async function transaction<T>(ctx: Ctx, work: (tx: Ctx) => Promise<T>): Promise<T> {
  if (ctx.held) return work(ctx)
  let held: Held = []
  const result = await withRetries(() => {
    held = []
    return ctx.db.transaction((db) => work({ ...ctx, db, held }))
  }, isTransientConflict)
  for (const send of held) await sendHeld(ctx, send)
  return result
}

/** The change is made: one follower that fails may neither undo the answer nor hold up the others. */
async function sendHeld(ctx: Ctx, send: Held[number]): Promise<void> {
  try {
    await send(ctx)
  } catch (error) {
    ctx.log.error({ error }, 'something that was to follow a commit failed')
  }
}

/** Does `send` now, or after the commit when `ctx` is inside a transaction; it gets the context outside of it. */
export async function afterCommit(ctx: Ctx, send: (outer: Ctx) => Promise<void>): Promise<void> {
  if (ctx.held) ctx.held.push(send)
  else await send(ctx)
}
