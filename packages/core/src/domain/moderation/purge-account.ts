import { deleteBelongings } from '@anancus/db/queries/account-deletion'
import { blankActor } from '@anancus/db/queries/moderation'
import { accountById } from '@anancus/db/queries/accounts'
import { severAccount, statusIdsToRemove } from '@anancus/db/queries/inbox'
import { statusesByIds } from '@anancus/db/queries/statuses'
import type { Ctx } from '../../kernel/context.ts'
import { isLocal } from '../../kernel/uris.ts'
import { profileKeys } from '../media/index.ts'
import { removeStatus } from '../statuses/index.ts'
import { PURGE_BATCH } from './limits.ts'

/** Removes what a deleted account leaves. May run twice, and goes on where it stopped. */
export async function purgeAccount(ctx: Ctx, payload: { accountId: string }): Promise<void> {
  const account = await accountById(ctx.db, payload.accountId)
  if (!account || account.suspended_at === null) return
  await ctx.storage.delete(profileKeys(account).filter((key) => key !== null))
  await severAccount(ctx.db, account.id)
  if (isLocal(account)) await blankActor(ctx.db, account.id)
  await deleteBelongings(ctx.db, account.id)
  for (;;) {
    const ids = await statusIdsToRemove(ctx.db, account.id, PURGE_BATCH)
    if (ids.length === 0) return
    for (const status of (await statusesByIds(ctx.db, ids)).values()) await removeStatus(ctx, status)
  }
}
