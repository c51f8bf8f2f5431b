import type { StatusRow, Window } from '@anancus/db'
import { type QuotingStatus, quotesOfQuoted } from '@anancus/db/queries/quotes'
import type { Ctx } from '../../kernel/context.ts'
import type { Viewer } from '../../kernel/viewer.ts'
import { presentableStatuses, visibleStatuses } from './reads.ts'

/** A page of statuses that quote one. */
export interface QuotesPage {
  /** The cursors: all that were read, also those that are not shown. */
  entries: QuotingStatus[]
  /** What the viewer is shown, in their order. */
  statusIds: string[]
}

/**
 * The statuses that quote one and are allowed to, newest first, as far as the viewer may see and wants to see them;
 * the quoted author is shown all that may be seen. Two statements.
 *
 * @see https://docs.joinmastodon.org/methods/statuses/#quotes
 */
export async function listQuotes(
  ctx: Ctx,
  viewer: Viewer | null,
  quoted: Pick<StatusRow, 'id' | 'account_id'>,
  window: Window,
): Promise<QuotesPage> {
  const entries = await quotesOfQuoted(ctx.db, window, quoted.id)
  const ids = entries.map((entry) => entry.status_id)
  const isAuthor = viewer !== null && viewer.account.id === quoted.account_id
  const statusIds = isAuthor
    ? await visibleStatuses(ctx, viewer, ids)
    : await presentableStatuses(ctx, viewer, ids)
  return { entries, statusIds }
}
