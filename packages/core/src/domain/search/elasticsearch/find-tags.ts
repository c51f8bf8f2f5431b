import type { estypes } from '@elastic/elasticsearch'
import { findableTagIds } from '@anancus/db/queries/search-checks'
import type { Ctx } from '../../../kernel/context.ts'
import type { TagQuestion } from '../engine.ts'
import { MAX_RESULT_WINDOW } from '../limits.ts'
import { aliasOf } from './indices.ts'
import { searchIds } from './search-ids.ts'

/** Finds tags by the beginning of their name: the exact one first, then the shortest. */
export async function findTags(ctx: Ctx, prefix: string, asked: TagQuestion): Promise<string[]> {
  const { isReviewedOnly, limit, offset } = asked
  if (offset + limit > MAX_RESULT_WINDOW) return []
  const ids = await searchIds(ctx, {
    index: aliasOf(ctx.config, 'tags'),
    from: offset,
    size: limit,
    sort: [{ length: { order: 'asc' } }, { name: { order: 'asc' } }],
    query: tagQuery(prefix, isReviewedOnly),
  })
  return findableTagIds(ctx.db, ids, isReviewedOnly, prefix)
}

export function tagQuery(prefix: string, isReviewedOnly: boolean): estypes.QueryDslQueryContainer {
  const begins = { prefix: { name: { value: prefix } } }
  if (!isReviewedOnly) return begins
  return {
    bool: {
      must: [begins],
      filter: [{ bool: { should: [{ term: { reviewed: true } }, { term: { name: prefix } }] } }],
    },
  }
}
