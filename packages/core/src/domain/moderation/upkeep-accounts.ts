import type { AccountRow } from '@anancus/db'
import {
  duplicateAccounts,
  idleRemoteAccounts,
  moveBelongings,
  unusedRemoteAccounts,
} from '@anancus/db/queries/account-upkeep'
import { accountById } from '@anancus/db/queries/accounts'
import { deleteAccountRow, lockAccount } from '@anancus/db/queries/moderation'
import { markAccountGone } from '@anancus/db/queries/remote-accounts'
import { purgeAccountJob, refreshAccountJob } from '../../jobs/index.ts'
import type { Ctx } from '../../kernel/context.ts'
import { enqueue } from '../../kernel/enqueue.ts'
import { RemoteServerError } from '../../kernel/errors.ts'
import { transaction } from '../../kernel/transaction.ts'
import { profileKeys } from '../media/index.ts'

const DAY_MS = 86_400_000
const IDLE_DAYS = 7
const BATCH = 500
const GONE = new Set([404, 410])

/** Remote accounts not heard of for a week, batch by batch; of some servers, or of all. */
export async function* idleAccounts(ctx: Ctx, domains: readonly string[]): AsyncGenerator<AccountRow[]> {
  const before = new Date(ctx.clock.now().getTime() - IDLE_DAYS * DAY_MS)
  const chosen = domains.length > 0 ? domains : null
  for (let afterId = '0'; ; ) {
    const batch = await idleRemoteAccounts(ctx.db, { afterId, domains: chosen, before, limit: BATCH })
    if (batch.length > 0) yield batch
    if (batch.length < BATCH) return
    afterId = batch.at(-1)?.id ?? afterId
  }
}

/**
 * Asks an account's server whether it is still there, and removes it when it is not.
 *
 * @returns `unreachable` when the server did not answer
 */
export async function cullAccount(
  ctx: Ctx,
  account: AccountRow,
  options: { isDryRun: boolean },
): Promise<'kept' | 'removed' | 'unreachable'> {
  try {
    const { status } = await ctx.http.request({ method: 'HEAD', url: account.uri })
    if (!GONE.has(status)) return 'kept'
  } catch (error) {
    if (error instanceof RemoteServerError) return 'unreachable'
    throw error
  }
  if (!options.isDryRun)
    await transaction(ctx, async (tx) => {
      await markAccountGone(tx.db, account.id)
      await enqueue(tx, purgeAccountJob, { accountId: account.id })
    })
  return 'removed'
}

/** Deletes remote accounts with which nobody here has anything to do. @returns how many */
export async function pruneAccounts(ctx: Ctx, options: { isDryRun: boolean }): Promise<number> {
  let total = 0
  for (let afterId = '0'; ; ) {
    const batch = await unusedRemoteAccounts(ctx.db, afterId, BATCH)
    for (const account of batch) if (!options.isDryRun) await removeRow(ctx, account)
    total += batch.length
    if (batch.length < BATCH) return total
    afterId = batch.at(-1)?.id ?? afterId
  }
}

async function removeRow(ctx: Ctx, account: AccountRow): Promise<void> {
  await deleteAccountRow(ctx.db, account.id)
  await ctx.storage.delete(profileKeys(account).filter((key) => key !== null))
}

/** Makes one account of two remote ones that are the same: `to` gets what belongs to `from`, which goes. */
export async function mergeAccounts(ctx: Ctx, from: AccountRow, to: AccountRow): Promise<void> {
  await transaction(ctx, async (tx) => {
    await lockAccount(tx.db, from.id)
    await moveBelongings(tx.db, from.id, to.id)
    await deleteAccountRow(tx.db, from.id)
    await enqueue(tx, refreshAccountJob, { accountId: to.id })
  })
  await ctx.storage.delete(profileKeys(from).filter((key) => key !== null))
}

/**
 * Merges remote accounts that share an actor into the one seen last.
 *
 * @returns the ids of those that stay, once each
 */
export async function mergeDuplicates(ctx: Ctx, options: { isDryRun: boolean }): Promise<string[]> {
  const kept: string[] = []
  for (const [first, ...others] of await duplicateAccounts(ctx.db)) {
    const to = first === undefined ? null : await accountById(ctx.db, first)
    if (!to) continue
    kept.push(to.id)
    for (const id of options.isDryRun ? [] : others) {
      const from = await accountById(ctx.db, id)
      if (from) await mergeAccounts(ctx, from, to)
    }
  }
  return kept
}
