import type { AccountRow } from '@anancus/db'
import type { FeaturedTagFacts } from '@anancus/db/queries/featured-tags'
import { accountUrl, type Uris } from '../../kernel/uris.ts'
import type { FeaturedTag } from '../types/index.ts'
import { toDay } from './dates.ts'

/** @see https://docs.joinmastodon.org/entities/FeaturedTag/ */
export function featuredTagJson(uris: Uris, account: AccountRow, facts: FeaturedTagFacts): FeaturedTag {
  const page =
    account.domain === null
      ? accountUrl(uris, account)
      : `${uris.baseUrl}/@${account.username}@${account.domain}`
  return {
    id: facts.id,
    name: facts.shown_name ?? facts.tag_name,
    url: `${page}/tagged/${encodeURIComponent(facts.tag_name)}`,
    statuses_count: facts.statuses_count,
    last_status_at: toDay(facts.last_status_at),
  }
}
