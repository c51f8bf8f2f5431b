import type { AccountRow } from '@anancus/db'
import { markAccountGone } from '@anancus/db/queries/remote-accounts'
import { purgeAccountJob } from '../../jobs/index.ts'
import type { Ctx } from '../../kernel/context.ts'
import { enqueue } from '../../kernel/enqueue.ts'
import { transaction } from '../../kernel/transaction.ts'

/**
 * Hides a remote account that deleted itself; its statuses, ties and profile go by `moderation.purge_account`. The row
 * stays, as what their removal and old conversations refer to; the actor is known again only if it comes back.
 */
export async function deleteRemoteAccount(ctx: Ctx, account: AccountRow): Promise<void> {
  await transaction(ctx, async (tx) => {
    await markAccountGone(tx.db, account.id)
    await enqueue(tx, purgeAccountJob, { accountId: account.id })
  })
}
