import type { PreviewCardProviderRow, TagRow } from '@anancus/db'
import type { AdminTag, PreviewCardProvider, Tag } from '../types/index.ts'
import { toIso } from './dates.ts'

/**
 * A hashtag as those see it who decide about it.
 *
 * @param trendableByDefault what holds while nobody has judged it
 */
export function adminTagJson(tag: Tag, row: TagRow, trendableByDefault: boolean): AdminTag {
  return {
    ...tag,
    trendable: row.trendable ?? trendableByDefault,
    usable: row.usable ?? true,
    requires_review: row.reviewed_at === null,
    listable: row.listable ?? true,
  }
}

export function providerJson(row: PreviewCardProviderRow): PreviewCardProvider {
  return {
    id: Number(row.id),
    domain: row.domain,
    trendable: row.trendable,
    reviewed_at: toIso(row.reviewed_at),
    requested_review_at: toIso(row.requested_review_at),
    requires_review: row.reviewed_at === null,
  }
}
