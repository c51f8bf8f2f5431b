import type { estypes } from '@elastic/elasticsearch'
import type { Ctx } from '../../../kernel/context.ts'
import { elasticsearchOf } from '../../../kernel/elasticsearch.ts'
import { SEARCH_TIMEOUT_MS } from '../limits.ts'

/** Searches, and returns the ids of the hits alone; nothing else of a document is ever shown. */
export async function searchIds(ctx: Ctx, request: estypes.SearchRequest): Promise<string[]> {
  const client = await elasticsearchOf(ctx.config)
  const answer = await client.search(
    { _source: false, track_total_hits: false, ...request },
    { requestTimeout: SEARCH_TIMEOUT_MS },
  )
  return answer.hits.hits.map((hit) => hit._id as string)
}
