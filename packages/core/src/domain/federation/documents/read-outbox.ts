import { type AccountRow, isId } from '@anancus/db'
import { accountCounters, outboxIds } from '@anancus/db/queries/documents'
import {
  announceJson,
  createJson,
  orderedCollectionJson,
  orderedPageJson,
  withContext,
} from '../../../activitypub/render/index.ts'
import type { Ctx } from '../../../kernel/context.ts'
import { actorPart } from '../../../kernel/uris.ts'
import { loadNotes } from '../load-notes.ts'
import { isBlockedBy } from './is-blocked.ts'
import { isInstanceActor } from './local-actor.ts'
import { type Served, served } from './served.ts'

const PAGE = 20
const PAGE_SECONDS = 60

export interface OutboxQuery {
  page: boolean
  maxId?: string | undefined
  minId?: string | undefined
}

/**
 * What an account has said, newest first: to anybody what is public and unlisted; to one who signs, also what is for
 * followers if it follows, and what mentions it.
 *
 * @see https://www.w3.org/TR/activitypub/#outbox
 */
export async function readOutbox(
  ctx: Ctx,
  account: AccountRow,
  asker: AccountRow | null,
  query: OutboxQuery,
): Promise<Served> {
  const id = actorPart(ctx.config, account, 'outbox')
  if (!query.page) {
    const { statuses } = await accountCounters(ctx.db, account.id)
    const root = orderedCollectionJson({
      id,
      totalItems: isInstanceActor(account) ? 0 : statuses,
      first: `${id}?page=true`,
      last: `${id}?min_id=0&page=true`,
    })
    return served(withContext(root))
  }
  return readOutboxPage(ctx, account, asker, id, query)
}

async function readOutboxPage(
  ctx: Ctx,
  account: AccountRow,
  asker: AccountRow | null,
  id: string,
  query: OutboxQuery,
): Promise<Served> {
  const window = { limit: PAGE, maxId: idOrNothing(query.maxId), minId: idOrNothing(query.minId) }
  const isRefused = asker !== null && (await isBlockedBy(ctx, account, asker))
  const ids = isRefused ? [] : await outboxIds(ctx.db, window, account.id, asker?.id ?? null)
  const graph = await loadNotes(ctx, ids)
  const page = orderedPageJson({
    id: pageUrl(id, query),
    partOf: id,
    prev: ids.length > 0 ? `${id}?min_id=${ids[0]}&page=true` : undefined,
    next: ids.length === PAGE ? `${id}?max_id=${ids.at(-1)}&page=true` : undefined,
    items: ids.map((statusId) => {
      const isReblog = graph.statuses.get(statusId)?.reblog_of_id != null
      return (isReblog ? announceJson : createJson)(graph, ctx.config, statusId)
    }),
  })
  return served(withContext(page), PAGE_SECONDS, asker === null)
}

function idOrNothing(id: string | undefined): string | undefined {
  return id !== undefined && isId(id) ? id : undefined
}

function pageUrl(id: string, query: OutboxQuery): string {
  const parameters = new URLSearchParams()
  if (query.maxId !== undefined) parameters.set('max_id', query.maxId)
  if (query.minId !== undefined) parameters.set('min_id', query.minId)
  parameters.set('page', 'true')
  return `${id}?${parameters}`
}
