import type { Window } from '@anancus/db'
import { linkTimeline } from '@anancus/db/queries/link-timeline'
import type { Ctx } from '../../kernel/context.ts'
import { NotFoundError } from '../../kernel/errors.ts'
import type { Viewer } from '../../kernel/viewer.ts'
import { findTrendingLink } from '../trends/index.ts'
import { allowedOrigin } from './feed-access.ts'

/**
 * A page of the public statuses that share a link, newest first, by authors who want to be found.
 *
 * @throws NotFoundError the link does not trend, or may not be shown
 * @throws UserRequiredError an anonymous visitor asks for what is not public
 * @see https://docs.joinmastodon.org/methods/timelines/#link
 */
export async function readLink(
  ctx: Ctx,
  viewer: Viewer | null,
  url: string,
  window: Window,
): Promise<string[]> {
  const cardId = await findTrendingLink(ctx, url)
  if (cardId === null) throw new NotFoundError()
  const origin = await allowedOrigin(ctx, viewer, 'topic', {})
  if (origin === null) return []
  const languages = viewer?.user.chosen_languages?.length ? viewer.user.chosen_languages : null
  return linkTimeline(ctx.db, window, { cardId, origin, viewerId: viewer?.account.id ?? null, languages })
}
