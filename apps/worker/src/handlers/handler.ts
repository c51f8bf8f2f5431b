import type { JobDefinition, JobRun } from '@anancus/core/jobs'
import type { Ctx } from '@anancus/core/kernel/context'

export type PayloadOf<Definition> = Definition extends JobDefinition<infer Payload> ? Payload : never

/**
 * What a job does; `run` says which try it is. It may run twice and may find its row gone; both are normal. What it throws is tried again as the
 * catalogue says, unless it is a `PermanentJobError`.
 */
export type Handler<Definition> = (ctx: Ctx, payload: PayloadOf<Definition>, run?: JobRun) => Promise<void>

/** A file of one handler, loaded when its first job comes: an idle worker stays small. */
export type HandlerFile<Definition> = () => Promise<{ handle: Handler<Definition> }>
