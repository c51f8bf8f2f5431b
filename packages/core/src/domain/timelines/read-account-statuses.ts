import type { Window } from '@anancus/db'
import { tagByName } from '@anancus/db/queries/tags'
import { accountStatuses, pinnedStatuses } from '@anancus/db/queries/timelines'
import type { Ctx } from '../../kernel/context.ts'
import { normalizeTagName } from '../../kernel/text/tag-name.ts'
import type { Viewer } from '../../kernel/viewer.ts'

export interface AccountStatusesFilters {
  pinned?: boolean | undefined
  tagged?: string | undefined
  onlyMedia?: boolean | undefined
  excludeReplies?: boolean | undefined
  excludeReblogs?: boolean | undefined
  excludeDirect?: boolean | undefined
}

/**
 * The statuses of an account as the viewer may see them, newest first; pinned ones by the time of pinning. Empty for a
 * suspended account and for whom it blocks.
 *
 * @see https://docs.joinmastodon.org/methods/accounts/#statuses
 */
export async function readAccountStatuses(
  ctx: Ctx,
  viewer: Viewer | null,
  accountId: string,
  window: Window,
  filters: AccountStatusesFilters,
): Promise<string[]> {
  const tag = filters.tagged ? await tagByName(ctx.db, normalizeTagName(filters.tagged)) : null
  if (filters.tagged && !tag) return []
  const read = filters.pinned ? pinnedStatuses : accountStatuses
  return read(ctx.db, window, {
    viewerId: viewer?.account.id ?? null,
    accountId,
    onlyMedia: filters.onlyMedia ?? false,
    excludeReplies: filters.excludeReplies ?? false,
    excludeReblogs: filters.excludeReblogs ?? false,
    excludeDirect: filters.excludeDirect ?? false,
    tagId: tag?.id ?? null,
  })
}
