import type { AccountRow } from '@anancus/db'
import { type FeaturedTagFacts, featuredTagsOf } from '@anancus/db/queries/featured-tags'
import type { Ctx } from '../../kernel/context.ts'

export type { FeaturedTagFacts }

/** Lists the hashtags an account shows on its profile, most used first; none of a suspended one. */
export async function listFeaturedTags(ctx: Ctx, account: AccountRow): Promise<FeaturedTagFacts[]> {
  return account.suspended_at === null ? featuredTagsOf(ctx.db, account.id) : []
}
