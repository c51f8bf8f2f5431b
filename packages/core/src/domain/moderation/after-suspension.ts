import type { AccountRow } from '@anancus/db'
import { accountById } from '@anancus/db/queries/accounts'
import { localAccountsFollowedBy, localFollowersOf } from '@anancus/db/queries/moderation'
import { mergeFeedJob, unmergeFeedJob } from '../../jobs/index.ts'
import type { Ctx } from '../../kernel/context.ts'
import { enqueueMany } from '../../kernel/enqueue.ts'
import { isLocal } from '../../kernel/uris.ts'
import { fetchBudget, resolveAccountByUri } from '../accounts/index.ts'
import { setMediaPublic } from '../media/index.ts'
import { sendActorUpdate } from '../federation/index.ts'
import { rejectFollow } from '../relationships/index.ts'
import { FOLLOWER_BATCH } from './limits.ts'

/**
 * What follows a suspension: a remote account loses its follows of ours, so that no more is sent to it; of one of ours
 * other servers are told; its statuses leave the feeds of who follows it, and its
 * files are no longer shown. May run twice.
 */
export async function afterSuspension(ctx: Ctx, payload: { accountId: string }): Promise<void> {
  const account = await accountById(ctx.db, payload.accountId)
  if (!account || account.suspended_at === null) return
  if (isLocal(account)) await sendActorUpdate(ctx, payload)
  else await rejectFollowsOf(ctx, account)
  await changeFeeds(ctx, account, unmergeFeedJob)
  await setMediaPublic(ctx, account.id, false)
}

/** What follows the end of one: the same, backwards. A remote profile is looked up anew, and may be gone. */
export async function afterUnsuspension(ctx: Ctx, payload: { accountId: string }): Promise<void> {
  const account = await accountById(ctx.db, payload.accountId)
  if (!account || account.suspended_at !== null) return
  const shown = isLocal(account) ? account : await refreshed(ctx, account)
  if (!shown || shown.suspended_at !== null) return
  if (isLocal(shown)) await sendActorUpdate(ctx, payload)
  await changeFeeds(ctx, shown, mergeFeedJob)
  await setMediaPublic(ctx, shown.id, true)
}

function refreshed(ctx: Ctx, account: AccountRow): Promise<AccountRow | null> {
  return resolveAccountByUri(ctx, account.uri, { fresh: true, budget: fetchBudget() })
}

async function rejectFollowsOf(ctx: Ctx, account: AccountRow): Promise<void> {
  for (const id of await localAccountsFollowedBy(ctx.db, account.id)) {
    const target = await accountById(ctx.db, id)
    if (target) await rejectFollow(ctx, target, account)
  }
}

async function changeFeeds(
  ctx: Ctx,
  account: AccountRow,
  job: typeof mergeFeedJob | typeof unmergeFeedJob,
): Promise<void> {
  let last = '0'
  for (;;) {
    const followers = await localFollowersOf(ctx.db, account.id, last, FOLLOWER_BATCH)
    await enqueueMany(
      ctx,
      job,
      followers.map(({ account_id: intoAccountId }) => ({ fromAccountId: account.id, intoAccountId })),
    )
    last = followers.at(-1)?.id ?? last
    if (followers.length < FOLLOWER_BATCH) return
  }
}
