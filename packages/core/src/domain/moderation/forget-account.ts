import { accountById } from '@anancus/db/queries/accounts'
import {
  deleteMediaOfAccount,
  deleteRemoteAccountRow,
  uncountStatusesOf,
} from '@anancus/db/queries/forget-accounts'
import { severAccount } from '@anancus/db/queries/inbox'
import type { Ctx } from '../../kernel/context.ts'
import { transaction } from '../../kernel/transaction.ts'
import { deleteMediaFiles, profileKeys } from '../media/index.ts'

const BATCH = 200

/**
 * Deletes an account of another server without a trace: files, statuses, ties, the row itself. Nobody is told, and the
 * account may come back. By the operator; goes on where it stopped.
 *
 * @returns false for accounts of ours, and for none
 */
export async function forgetRemoteAccount(ctx: Ctx, accountId: string): Promise<boolean> {
  const account = await accountById(ctx.db, accountId)
  if (!account || account.domain === null) return false
  await ctx.storage.delete(profileKeys(account).filter((key) => key !== null))
  for (;;) {
    const media = await deleteMediaOfAccount(ctx.db, accountId, BATCH)
    if (media.length > 0) await deleteMediaFiles(ctx, media)
    if (media.length < BATCH) break
  }
  return transaction(ctx, async (tx) => {
    await uncountStatusesOf(tx.db, accountId)
    await severAccount(tx.db, accountId)
    return deleteRemoteAccountRow(tx.db, accountId)
  })
}
