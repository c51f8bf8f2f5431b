import type { AccountRow } from '@anancus/db'
import { type FeaturedTagFacts, featuredTagsOf, suggestedTagIds } from '@anancus/db/queries/featured-tags'
import type { Ctx } from '../../kernel/context.ts'
import type { Viewer } from '../../kernel/viewer.ts'
import { type ShownTag, showTags } from '../tags/index.ts'
import { MAX_SUGGESTED_TAGS, SUGGESTED_TAGS_DEPTH } from './limits.ts'

export type { FeaturedTagFacts }

/** Lists the hashtags an account shows on its profile, most used first; none of a suspended one. */
export async function listFeaturedTags(ctx: Ctx, account: AccountRow): Promise<FeaturedTagFacts[]> {
  return account.suspended_at === null ? featuredTagsOf(ctx.db, account.id) : []
}

/** The tags the viewer used most of late and does not feature, most used first. Three statements. */
export async function suggestFeaturedTags(ctx: Ctx, viewer: Viewer): Promise<ShownTag[]> {
  const ids = await suggestedTagIds(ctx.db, viewer.account.id, SUGGESTED_TAGS_DEPTH, MAX_SUGGESTED_TAGS)
  return showTags(ctx, viewer, ids)
}
