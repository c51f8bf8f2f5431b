import type { AccountRow, StatusRow } from '@anancus/db'
import { deleteBookmark, insertBookmark } from '@anancus/db/queries/bookmarks'
import type { Ctx } from '../../kernel/context.ts'
import { canShow } from '../../policies/status.ts'
import { actOn } from './act-on.ts'

/**
 * Bookmarks a status for an account of ours; of a reblog its original. Nobody is told. Repeating changes nothing.
 *
 * @throws NotFoundError missing, or not visible to `account`
 * @see https://docs.joinmastodon.org/methods/statuses/#bookmark
 */
export async function bookmarkStatus(
  ctx: Ctx,
  account: AccountRow,
  status: Pick<StatusRow, 'id'>,
): Promise<void> {
  const { proper } = await actOn(ctx, account, status.id, canShow)
  await insertBookmark(ctx.db, account.id, proper.id)
}

/** Takes a bookmark back; needs no access to the status. False when there was none. */
export async function unbookmarkStatus(
  ctx: Ctx,
  account: AccountRow,
  status: Pick<StatusRow, 'id'>,
): Promise<boolean> {
  return deleteBookmark(ctx.db, account.id, status.id)
}
