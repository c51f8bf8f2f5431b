import type { Ctx } from '../../../kernel/context.ts'
import { isRedisReady } from '../../../kernel/redis.ts'
import type { Check, FederationEvent } from './event.ts'
import { type StreamName, streamKey, streamLimit, streamOf } from './streams.ts'

const MAX_TEXT = 500
const MAX_BODY_BYTES = 16 * 1024

/**
 * Records what came in or went out. What is recorded is a help and not the thing itself: while Redis is away nothing is
 * recorded, and nothing fails for it. One Redis call; the oldest event of its stream makes room.
 */
export async function recordEvent(ctx: Ctx, event: FederationEvent): Promise<void> {
  const limit = streamLimit(ctx)
  if (limit === 0 || !isRedisReady(ctx.redis)) return
  const stream = streamOf(event.outcome)
  const kept: FederationEvent = {
    ...event,
    host: event.host.slice(0, MAX_TEXT),
    activity: cut(event.activity),
    type: cut(event.type),
    actor: cut(event.actor),
    inbox: cut(event.inbox),
    checks: event.checks.map(shortened),
    replay: isReplayKept(event, stream) ? event.replay : null,
  }
  try {
    await ctx.redis.xadd(
      streamKey(ctx, stream),
      'MAXLEN',
      limit,
      '*',
      'event',
      JSON.stringify({ ...kept, at: ctx.clock.now() }),
    )
  } catch (error) {
    ctx.log.warn({ error }, 'not recorded')
  }
}

function cut(text: string | null): string | null {
  return text === null ? null : text.slice(0, MAX_TEXT)
}

function shortened(check: Check): Check {
  return check.detail === undefined ? check : { ...check, detail: check.detail.slice(0, MAX_TEXT) }
}

/** A delivery is kept by its numbers; the body of what came in only if it is small and did not go well. */
function isReplayKept({ replay }: FederationEvent, stream: StreamName): boolean {
  return replay?.kind !== 'activity' || (stream === 'failed' && replay.body.length <= MAX_BODY_BYTES)
}
