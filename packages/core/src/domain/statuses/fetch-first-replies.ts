import { statusById } from '@anancus/db/queries/statuses'
import { httpUri, idOf, isSameOrigin } from '../../activitypub/parse/values.ts'
import type { Ctx } from '../../kernel/context.ts'
import { fetchBudget } from '../accounts/index.ts'
import { isDomainBlocked } from '../federation/index.ts'
import { FIRST_REPLIES } from './limits.ts'
import { readRemoteCollection } from './read-remote-collection.ts'
import { resolveStatusByUri } from './resolve-status.ts'
import { patiently } from './thread-crawl.ts'

/**
 * Fetches the first few answers from the same server to a status that came here, so that a thread of one author is whole.
 * Their own answers are left alone. What `fetchFirstRepliesJob` runs.
 *
 * @param payload.uris the answers that the status named; where it named none, `collection` is where they are listed
 */
export async function fetchFirstReplies(
  ctx: Ctx,
  payload: { statusId: string; collection: string | null; uris: readonly string[] },
): Promise<void> {
  const status = await statusById(ctx.db, payload.statusId)
  const uri = status?.uri ?? null
  const host = uri === null ? undefined : URL.parse(uri)?.host
  if (uri === null || !host || (await isDomainBlocked(ctx, host))) return
  const budget = fetchBudget(FIRST_REPLIES.requests)
  const bounds = { items: FIRST_REPLIES.most, pages: 1, budget }
  const items: readonly unknown[] =
    payload.collection === null
      ? payload.uris
      : await readRemoteCollection(ctx, payload.collection, uri, bounds)
  for (const item of items.slice(0, FIRST_REPLIES.most)) {
    const reply = httpUri(idOf(item))
    if (reply !== null && isSameOrigin(reply, uri))
      await patiently(ctx, reply, () => resolveStatusByUri(ctx, reply, { budget, onUnknownParent: () => {} }))
  }
}
