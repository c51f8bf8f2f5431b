import { accountById } from '@anancus/db/queries/accounts'
import { httpUri, idOf, isDocument, isSameOrigin, typesOf } from '../../activitypub/parse/values.ts'
import type { Ctx } from '../../kernel/context.ts'
import { RemoteServerError } from '../../kernel/errors.ts'
import { fetchBudget } from '../accounts/index.ts'
import { isDomainBlocked } from '../federation/index.ts'
import { readRemoteCollection } from './read-remote-collection.ts'
import { resolveStatusByUri } from './resolve-status.ts'

/** Requests that each status of an outbox may cost, its conversation and mentions included. */
const REQUESTS_PER_STATUS = 3
/** The first page is enough to fill a profile. */
const PAGES = 1

/**
 * Fetches the newest public statuses that an account lists in its outbox, so that the profile of somebody newly met is
 * not empty. Its own only: no reblogs. Each is fetched from its own address. What `fetchOutboxJob` runs; bounded by
 * `BACKFILL_STATUSES`.
 *
 * @see https://www.w3.org/TR/activitypub/#outbox
 */
export async function fetchOutbox(ctx: Ctx, payload: { accountId: string }): Promise<void> {
  const limit = ctx.config.backfillStatuses
  const account = await accountById(ctx.db, payload.accountId)
  if (limit === 0 || !account?.domain || account.suspended_at !== null) return
  if (await isDomainBlocked(ctx, account.domain)) return
  const budget = fetchBudget(limit * REQUESTS_PER_STATUS)
  const bounds = { items: limit, pages: PAGES, budget }
  const items = await readRemoteCollection(ctx, account.outbox_url, account.uri, bounds)
  for (const uri of items.flatMap(statusUriIn)) {
    if (isSameOrigin(uri, account.uri)) await fetchOne(ctx, uri, budget)
  }
}

/** The id of the status that an entry of an outbox made. */
function statusUriIn(item: unknown): string[] {
  if (!isDocument(item) || !typesOf(item).includes('Create')) return []
  const uri = httpUri(idOf(item.object))
  return uri === null ? [] : [uri]
}

async function fetchOne(ctx: Ctx, uri: string, budget: { left: number }): Promise<void> {
  try {
    await resolveStatusByUri(ctx, uri, { budget, onUnknownParent: () => {} })
  } catch (error) {
    if (!(error instanceof RemoteServerError)) throw error
    ctx.log.info({ error, uri }, 'a status of an outbox could not be fetched')
  }
}
