import type { AccountRow, ListRow } from '@anancus/db'
import { listsContaining } from '@anancus/db/queries/account-lists'
import type { Ctx } from '../../kernel/context.ts'
import type { Viewer } from '../../kernel/viewer.ts'

/** Lists the viewer's own lists that an account is on. */
export function listMemberships(ctx: Ctx, viewer: Viewer, account: AccountRow): Promise<ListRow[]> {
  return listsContaining(ctx.db, viewer.account.id, account.id)
}
