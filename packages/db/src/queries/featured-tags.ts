import type { Db } from '../connection.ts'
import { statement } from '../statement.ts'

/** A hashtag on a profile, with how often its account uses it. */
export interface FeaturedTagFacts {
  id: string
  tag_name: string
  /** How it is written; null where nobody said. */
  shown_name: string | null
  statuses_count: string
  last_status_at: Date | null
}

const ofAccount = statement<FeaturedTagFacts>(
  'featured_tags_of_account',
  `select f.id, t.name as tag_name, coalesce(nullif(f.name, ''), t.display_name) as shown_name, f.statuses_count,
     f.last_status_at
   from featured_tags f join tags t on t.id = f.tag_id
   where f.account_id = $1 order by f.statuses_count desc, f.id`,
)

/** Lists the hashtags an account features, most used first. */
export function featuredTagsOf(db: Db, accountId: string): Promise<FeaturedTagFacts[]> {
  return ofAccount(db, [accountId])
}
