import type { AccountRow } from '@anancus/db'
import { accountById } from '@anancus/db/queries/accounts'
import { setPins } from '@anancus/db/queries/status-pins'
import { httpUri, idOf, isDocument, isSameOrigin, listOf, typesOf } from '../../activitypub/parse/values.ts'
import { fetchDocument } from '../../activitypub/transport/fetch.ts'
import type { Document } from '../../activitypub/vocabulary.ts'
import type { Ctx } from '../../kernel/context.ts'
import { RemoteServerError } from '../../kernel/errors.ts'
import { type FetchBudget, fetchBudget, setFeaturedTags, spend } from '../accounts/index.ts'
import { isDomainBlocked } from '../federation/index.ts'
import { MAX_FEATURED_FETCHES, MAX_FEATURED_ITEMS } from './limits.ts'
import { resolveStatusByUri, witnessFor } from './resolve-status.ts'

/**
 * Reads which statuses and hashtags a remote account shows on its profile, and shows the same. What is not its own is
 * left out. Hashtags stand in a list of their own, or, where it has none, among the statuses. What
 * `fetchFeaturedJob` runs; at most forty requests.
 *
 * @throws RemoteServerError its server did not answer
 * @see https://docs.joinmastodon.org/spec/activitypub/#featured
 */
export async function fetchFeatured(
  ctx: Ctx,
  payload: { accountId: string; tagsUrl: string | null },
): Promise<void> {
  const account = await accountById(ctx.db, payload.accountId)
  if (!account?.domain || account.suspended_at !== null || (await isDomainBlocked(ctx, account.domain)))
    return
  const signAs = await witnessFor(ctx, account)
  const budget = fetchBudget(MAX_FEATURED_FETCHES)
  const items = await readItems(ctx, account, account.featured_collection_url, signAs, budget)
  if (items) await setPins(ctx.db, account.id, await ownStatuses(ctx, account, items, signAs, budget))
  const tags = payload.tagsUrl ? await readItems(ctx, account, payload.tagsUrl, signAs, budget) : items
  if (tags) await setFeaturedTags(ctx, account, tags.flatMap(tagName))
}

/** What a collection of the account's own house holds, its first page; null when there is none. */
async function readItems(
  ctx: Ctx,
  account: AccountRow,
  url: string | null,
  signAs: string | undefined,
  budget: FetchBudget,
): Promise<unknown[] | null> {
  const root = await readPage(ctx, account, url, signAs, budget)
  if (!root) return null
  const { first } = root
  const page = isDocument(first) ? first : await readPage(ctx, account, idOf(first), signAs, budget)
  const whole = page ?? root
  return listOf(whole.orderedItems ?? whole.items, MAX_FEATURED_ITEMS)
}

async function readPage(
  ctx: Ctx,
  account: AccountRow,
  url: string | null,
  signAs: string | undefined,
  budget: FetchBudget,
): Promise<Document | null> {
  if (!url || httpUri(url) === null || !isSameOrigin(url, account.uri) || !spend(budget)) return null
  const fetched = await fetchDocument(ctx, url, { signAs })
  return fetched === 'gone' ? null : fetched.document
}

/** The ids of the listed statuses that are the account's own, in order. */
async function ownStatuses(
  ctx: Ctx,
  account: AccountRow,
  items: readonly unknown[],
  signAs: string | undefined,
  budget: FetchBudget,
): Promise<string[]> {
  const ids = new Set<string>()
  for (const item of items) {
    const uri = httpUri(item)
    if (uri === null || !isSameOrigin(uri, account.uri) || isTag(item)) continue
    const status = await resolveOwn(ctx, uri, signAs, budget)
    if (status?.account_id === account.id && status.reblog_of_id === null) ids.add(status.id)
  }
  return [...ids]
}

/** One that cannot be had now is left out; the next reading may find it. */
async function resolveOwn(ctx: Ctx, uri: string, signAs: string | undefined, budget: FetchBudget) {
  try {
    return await resolveStatusByUri(ctx, uri, { onBehalfOf: signAs, budget })
  } catch (error) {
    if (!(error instanceof RemoteServerError)) throw error
    ctx.log.info({ error, uri }, 'a pinned status could not be fetched')
    return null
  }
}

function isTag(item: unknown): boolean {
  return isDocument(item) && typesOf(item).includes('Hashtag')
}

function tagName(item: unknown): string[] {
  if (!isDocument(item) || !isTag(item) || typeof item.name !== 'string') return []
  return [item.name.replace(/^#/, '')]
}
