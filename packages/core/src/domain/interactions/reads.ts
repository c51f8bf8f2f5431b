import type { Window } from '@anancus/db'
import { bookmarksOfAccount } from '@anancus/db/queries/bookmarks'
import {
  type ActingAccount,
  favouritersOf,
  favouritesOfAccount,
  type MarkedStatus,
  rebloggersOf,
} from '@anancus/db/queries/favourites'
import type { Ctx } from '../../kernel/context.ts'
import type { Viewer } from '../../kernel/viewer.ts'

/** The viewer's favourites that they may still see, newest first; `row_id` is the cursor. */
export async function listFavourites(ctx: Ctx, viewer: Viewer, window: Window): Promise<MarkedStatus[]> {
  return favouritesOfAccount(ctx.db, window, viewer.account.id)
}

/** The viewer's bookmarks that they may still see, newest first; `row_id` is the cursor. */
export async function listBookmarks(ctx: Ctx, viewer: Viewer, window: Window): Promise<MarkedStatus[]> {
  return bookmarksOfAccount(ctx.db, window, viewer.account.id)
}

/** Who has favourited a status, newest first, as far as the viewer meets them; `row_id` is the cursor. */
export async function listFavouriters(
  ctx: Ctx,
  viewer: Viewer | null,
  statusId: string,
  window: Window,
): Promise<ActingAccount[]> {
  return favouritersOf(ctx.db, window, statusId, viewer?.account.id ?? null)
}

/** Who has reblogged a status in public, newest first, as far as the viewer meets them; `row_id` is the cursor. */
export async function listRebloggers(
  ctx: Ctx,
  viewer: Viewer | null,
  statusId: string,
  window: Window,
): Promise<ActingAccount[]> {
  return rebloggersOf(ctx.db, window, statusId, viewer?.account.id ?? null)
}
