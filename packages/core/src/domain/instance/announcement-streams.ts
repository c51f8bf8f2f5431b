import { activeLocalAccountIds } from '@anancus/db/queries/announcements'
import type { Ctx } from '../../kernel/context.ts'
import { homeChannel, listenedTo, publishMany, type StreamingMessage } from '../../streaming/index.ts'

const BATCH = 1_000
const DAY_MS = 86_400_000

/** Sends one message to the home stream of every user who is connected. One statement and Redis call a thousand users. */
export async function streamToActive(ctx: Ctx, message: StreamingMessage): Promise<void> {
  const since = new Date(ctx.clock.now().getTime() - ctx.config.env.USER_ACTIVE_DAYS * DAY_MS)
  const text = JSON.stringify(message)
  let afterId = '0'
  for (;;) {
    const ids = await activeLocalAccountIds(ctx.db, afterId, since, BATCH)
    const channels = await listenedTo(ctx, ids.map(homeChannel))
    await publishMany(
      ctx,
      [...channels].map((channel) => ({ channel, message: text })),
    )
    const last = ids.at(-1)
    if (last === undefined || ids.length < BATCH) return
    afterId = last
  }
}
