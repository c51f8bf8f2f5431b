import type { Window } from '@anancus/db'
import { publicTimeline } from '@anancus/db/queries/timelines'
import type { Ctx } from '../../kernel/context.ts'
import type { Viewer } from '../../kernel/viewer.ts'
import { allowedOrigin } from './feed-access.ts'

export interface PublicFilters {
  local?: boolean | undefined
  remote?: boolean | undefined
  onlyMedia?: boolean | undefined
}

/**
 * A page of the public timeline, newest first; both halves when both or neither is asked for.
 *
 * @throws UserRequiredError an anonymous visitor asks for what is not public
 * @see https://docs.joinmastodon.org/methods/timelines/#public
 */
export async function readPublic(
  ctx: Ctx,
  viewer: Viewer | null,
  window: Window,
  filters: PublicFilters,
): Promise<string[]> {
  const origin = await allowedOrigin(ctx, viewer, 'live', filters)
  if (origin === null) return []
  return publicTimeline(ctx.db, window, {
    origin,
    viewerId: viewer?.account.id ?? null,
    onlyMedia: filters.onlyMedia ?? false,
    languages: viewer?.user.chosen_languages?.length ? viewer.user.chosen_languages : null,
  })
}
