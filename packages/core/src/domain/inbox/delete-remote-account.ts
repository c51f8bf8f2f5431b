import type { AccountRow } from '@anancus/db'
import { severAccount, statusIdsToRemove } from '@anancus/db/queries/inbox'
import { markAccountGone } from '@anancus/db/queries/remote-accounts'
import { statusesByIds } from '@anancus/db/queries/statuses'
import type { Ctx } from '../../kernel/context.ts'
import { removeStatus } from '../statuses/index.ts'
import { REMOVED_AT_ONCE } from './limits.ts'

/**
 * Deletes a remote account that deleted itself: its statuses, ties and profile. The row stays, hidden, as what its
 * statuses' removal and the names in old conversations refer to; the actor is known again only if it comes back.
 * May run twice, and goes on where it stopped.
 */
export async function deleteRemoteAccount(ctx: Ctx, account: AccountRow): Promise<void> {
  await markAccountGone(ctx.db, account.id)
  await severAccount(ctx.db, account.id)
  for (;;) {
    const ids = await statusIdsToRemove(ctx.db, account.id, REMOVED_AT_ONCE)
    if (ids.length === 0) return
    for (const status of (await statusesByIds(ctx.db, ids)).values()) await removeStatus(ctx, status)
  }
}
