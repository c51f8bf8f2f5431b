import type { AccountRow } from '@anancus/db'
import { isBlockedByAccount } from '@anancus/db/queries/documents'
import type { Ctx } from '../../../kernel/context.ts'

/** Whether a local account blocks the one who asks, or its whole server. */
export function isBlockedBy(ctx: Ctx, account: AccountRow, asker: AccountRow): Promise<boolean> {
  return isBlockedByAccount(ctx.db, account.id, asker.id, asker.domain)
}
