import {
  dismissSuggestionOf,
  featuredSuggestions,
  friendsOfFriends,
  globalSuggestions,
  refreshRecommendations as refreshViews,
  similarToFollowed,
  type SuggestionRow,
  stillSuggestable,
} from '@anancus/db/queries/suggestions'
import type { Ctx } from '../../kernel/context.ts'
import type { Viewer } from '../../kernel/viewer.ts'
import { getSetting } from '../settings/index.ts'
import { SUGGESTIONS_EACH, SUGGESTIONS_KEPT_SECONDS } from './limits.ts'

/** An account to follow, and the reasons for it, the best first. */
export interface SuggestedAccount {
  accountId: string
  sources: string[]
}

/** Where the suggestions of an account are cached; cleared when it dismisses one. */
function cacheKey(accountId: string): string {
  return `follow_recommendations/${accountId}`
}

/**
 * Whom the viewer might follow: the staff's choice, friends of friends, whom others follow beside those it lately
 * followed, and whom many follow or answer. Made once in fifteen minutes, in chance order; who was followed, blocked or
 * dismissed since is left out. Five statements, one while the list is kept.
 *
 * @see https://docs.joinmastodon.org/methods/suggestions/#v2
 */
export async function listSuggestions(
  ctx: Ctx,
  viewer: Viewer,
  page: { limit: number; offset: number },
): Promise<SuggestedAccount[]> {
  const { id } = viewer.account
  const kept = await ctx.cache.fetch(cacheKey(id), SUGGESTIONS_KEPT_SECONDS, () => gather(ctx, viewer))
  const still = await stillSuggestable(
    ctx.db,
    id,
    kept.map((item) => item.accountId),
  )
  const { limit, offset } = page
  return kept.filter((item) => still.has(item.accountId)).slice(offset, offset + limit)
}

async function gather(ctx: Ctx, viewer: Viewer): Promise<SuggestedAccount[]> {
  const { id } = viewer.account
  const because = (source: string) => (accountId: string) => ({ id: accountId, sources: [source] })
  const found: SuggestionRow[] = [
    ...(await featuredSuggestions(ctx.db, id, await staffChoice(ctx), SUGGESTIONS_EACH)).map(
      because('featured'),
    ),
    ...(await friendsOfFriends(ctx.db, id, SUGGESTIONS_EACH)).map(because('friends_of_friends')),
    ...(await similarToFollowed(ctx.db, id, SUGGESTIONS_EACH)).map(because('similar_to_recently_followed')),
    ...(await globalSuggestions(ctx.db, id, languagesOf(ctx, viewer), SUGGESTIONS_EACH)),
  ]
  const byAccount = new Map<string, string[]>()
  for (const { id: accountId, sources } of found)
    byAccount.set(accountId, [...(byAccount.get(accountId) ?? []), ...sources])
  return shuffled([...byAccount].map(([accountId, sources]) => ({ accountId, sources })))
}

/** The accounts that newcomers follow: handles, split by commas. */
async function staffChoice(ctx: Ctx): Promise<{ username: string; domain: string }[]> {
  const setting = await getSetting(ctx, 'bootstrap_timeline_accounts')
  return setting.split(',').flatMap((text) => {
    const [username = '', domain = ''] = text.trim().replace(/^@/, '').toLowerCase().split('@')
    if (username === '') return []
    return [{ username, domain: ctx.config.ownHosts.has(domain) ? '' : domain }]
  })
}

function languagesOf(ctx: Ctx, { user }: Viewer): string[] {
  if (user.chosen_languages?.length) return user.chosen_languages
  const locale = user.locale ?? ctx.config.env.DEFAULT_LOCALE
  return [...new Set([locale, locale.split('-')[0] ?? locale])]
}

/** Nobody is to be the first for everybody. @see https://en.wikipedia.org/wiki/Fisher–Yates_shuffle */
function shuffled<Item>(items: Item[]): Item[] {
  for (let last = items.length - 1; last > 0; last--) {
    const other = Math.floor(Math.random() * (last + 1))
    const [a, b] = [items[last], items[other]] as [Item, Item]
    items[last] = b
    items[other] = a
  }
  return items
}

/**
 * Keeps an account out of the viewer's suggestions for good. No error when it was never there.
 *
 * @see https://docs.joinmastodon.org/methods/suggestions/#remove
 */
export async function dismissSuggestion(ctx: Ctx, viewer: Viewer, accountId: string): Promise<void> {
  await dismissSuggestionOf(ctx.db, viewer.account.id, accountId)
  await ctx.cache.delete(cacheKey(viewer.account.id))
}

/** Counts anew whom many follow or answer. Runs once a day. */
export async function refreshRecommendations(ctx: Ctx): Promise<void> {
  await refreshViews(ctx.db)
}
