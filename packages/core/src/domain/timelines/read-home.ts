import type { Window } from '@anancus/db'
import { homeCandidates } from '@anancus/db/queries/feeds'
import { buildFeedJob } from '../../jobs/default.ts'
import type { Ctx } from '../../kernel/context.ts'
import { enqueue } from '../../kernel/enqueue.ts'
import type { Viewer } from '../../kernel/viewer.ts'
import { readFeed } from './feed-store.ts'
import { keepForHome } from './home-facts.ts'
import { readJudged } from './read-judged.ts'

export interface HomePage {
  ids: string[]
  /** The feed is being built: the page comes from the database. */
  regenerating: boolean
}

/**
 * A page of the viewer's home timeline, newest first: from the feed in Redis, one call. Where there is none, because its
 * owner was away or Redis lost it, the page comes from the database and a job builds the feed; while Redis is away the
 * page comes from the database as well.
 *
 * HOT PATH: home timeline.
 *
 * @see https://docs.joinmastodon.org/methods/timelines/#home
 */
export async function readHome(ctx: Ctx, viewer: Viewer, window: Window): Promise<HomePage> {
  const accountId = viewer.account.id
  if (window.limit <= 0) return { ids: [], regenerating: false }
  let ids: string[] | null
  try {
    ids = await readFeed(ctx, accountId, window)
  } catch (error) {
    ctx.log.warn({ error }, 'home timeline from the database: Redis is away')
    return { ids: await readFromDatabase(ctx, accountId, window), regenerating: false }
  }
  if (ids) return { ids, regenerating: false }
  await enqueue(ctx, buildFeedJob, { accountId }, { jobId: accountId })
  return { ids: await readFromDatabase(ctx, accountId, window), regenerating: true }
}

function readFromDatabase(ctx: Ctx, accountId: string, window: Window): Promise<string[]> {
  return readJudged(window, {
    candidates: (bounds) => homeCandidates(ctx.db, accountId, bounds),
    keep: (ids) => keepForHome(ctx, accountId, ids),
  })
}
