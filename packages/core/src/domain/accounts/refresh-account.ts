import type { AccountRow } from '@anancus/db'
import { accountById } from '@anancus/db/queries/accounts'
import { setRemoteCounts } from '@anancus/db/queries/remote-accounts'
import { countOf, httpUri, isSameOrigin } from '../../activitypub/parse/values.ts'
import { fetchDocument } from '../../activitypub/transport/fetch.ts'
import type { Ctx } from '../../kernel/context.ts'
import { RemoteServerError } from '../../kernel/errors.ts'
import { isLocal } from '../../kernel/uris.ts'
import { fetchBudget } from './fetch-budget.ts'
import { isStale, resolveAccountByUri } from './resolve-account.ts'

/**
 * Refreshes a remote profile that is older than a day, or any when forced, and the counts its server tells: statuses, followers, followed.
 * What `refreshAccountJob` runs.
 */
export async function refreshAccount(
  ctx: Ctx,
  payload: { accountId: string; isForced?: boolean },
): Promise<void> {
  const known = await accountById(ctx.db, payload.accountId)
  if (!known || isLocal(known)) return
  const account =
    payload.isForced || isStale(ctx, known)
      ? await resolveAccountByUri(ctx, known.uri, { fresh: true, budget: fetchBudget() })
      : known
  if (account) await refreshCounts(ctx, account)
}

async function refreshCounts(ctx: Ctx, account: AccountRow): Promise<void> {
  const [statuses, followers, following] = await Promise.all([
    totalOf(ctx, account, account.outbox_url),
    totalOf(ctx, account, account.followers_url),
    totalOf(ctx, account, account.following_url),
  ])
  const isHidden = [followers, following].some((found) => found !== null && !found.isOpen)
  await setRemoteCounts(ctx.db, account.id, {
    statuses: statuses?.total ?? null,
    followers: followers?.total ?? null,
    following: following?.total ?? null,
    hideCollections: followers === null && following === null ? null : isHidden,
  })
}

/** How many a collection holds, and whether it shows them; null when it does not say. */
async function totalOf(
  ctx: Ctx,
  account: AccountRow,
  url: string,
): Promise<{ total: number | null; isOpen: boolean } | null> {
  if (httpUri(url) === null || !isSameOrigin(url, account.uri)) return null
  try {
    const fetched = await fetchDocument(ctx, url)
    if (fetched === 'gone') return null
    const { totalItems, first } = fetched.document
    return { total: countOf(totalItems), isOpen: first !== undefined }
  } catch (error) {
    if (!(error instanceof RemoteServerError)) throw error
    ctx.log.debug({ error, url }, 'a collection does not tell its size')
    return null
  }
}
