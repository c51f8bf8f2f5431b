import type { Window } from '@anancus/db'
import { tagsByNames } from '@anancus/db/queries/tags'
import { tagTimeline } from '@anancus/db/queries/timelines'
import type { Ctx } from '../../kernel/context.ts'
import { normalizeTagName } from '../../kernel/text/tag-name.ts'
import type { Viewer } from '../../kernel/viewer.ts'
import { allowedOrigin } from './feed-access.ts'
import type { PublicFilters } from './read-public.ts'

/** Names looked at in each list; further ones are ignored. `any` holds the tag itself as well. */
const NAMES_PER_LIST = 4

export interface TagFilters extends PublicFilters {
  any?: readonly string[] | undefined
  all?: readonly string[] | undefined
  none?: readonly string[] | undefined
}

/**
 * A page of what is tagged with a hashtag (or one of `any`, and all of `all`, and none of `none`), newest first; empty
 * for a hashtag nobody used. Names are as people type them.
 *
 * @throws UserRequiredError an anonymous visitor asks for what is not public
 * @see https://docs.joinmastodon.org/methods/timelines/#tag
 */
export async function readTag(
  ctx: Ctx,
  viewer: Viewer | null,
  name: string,
  window: Window,
  filters: TagFilters,
): Promise<string[]> {
  const origin = await allowedOrigin(ctx, viewer, 'topic', filters)
  const own = normalizeTagName(name)
  const lists = {
    any: firstNames([own, ...(filters.any ?? [])]),
    all: firstNames(filters.all ?? []),
    none: firstNames(filters.none ?? []),
  }
  const tags = await tagsByNames(ctx.db, [...lists.any, ...lists.all, ...lists.none])
  const idByName = new Map(tags.map((tag) => [normalizeTagName(tag.name), tag.id]))
  if (origin === null || !idByName.has(own)) return []
  const idsOf = (names: readonly string[]) => names.flatMap((each) => idByName.get(each) ?? [])
  return tagTimeline(ctx.db, window, {
    origin,
    viewerId: viewer?.account.id ?? null,
    onlyMedia: filters.onlyMedia ?? false,
    any: idsOf(lists.any),
    all: idsOf(lists.all),
    none: idsOf(lists.none),
  })
}

function firstNames(names: readonly string[]): string[] {
  return [...new Set(names.map(normalizeTagName).filter((name) => name !== ''))].slice(0, NAMES_PER_LIST)
}
