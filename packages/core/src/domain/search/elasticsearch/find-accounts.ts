import type { estypes } from '@elastic/elasticsearch'
import { closeAccountIds, findableAccountIds } from '@anancus/db/queries/search-checks'
import type { Ctx } from '../../../kernel/context.ts'
import type { AccountQuestion } from '../engine.ts'
import { MAX_CLOSE_ACCOUNTS, MAX_RESULT_WINDOW } from '../limits.ts'
import { aliasOf } from './indices.ts'
import { searchIds } from './search-ids.ts'

type Query = estypes.QueryDslQueryContainer

/** What outweighs everything else: a name that is the whole query. */
const EXACT_NAME_WEIGHT = 1_000_000
const FOLLOWED_WEIGHT = 3

/**
 * Searches accounts by display name, name and domain; a name that is the whole query comes first, then how well the words
 * fit, times how known and how alive the account is, times how close it is to the viewer.
 */
export async function findAccounts(ctx: Ctx, text: string, asked: AccountQuestion): Promise<string[]> {
  const words = text.split(/[\s@]+/).filter((word) => /[\p{L}\p{N}]/u.test(word))
  const { viewerId, isFollowingOnly, limit, offset } = asked
  if (words.length === 0 || offset + limit > MAX_RESULT_WINDOW) return []
  const followed = viewerId ? await closeAccountIds(ctx.db, viewerId, MAX_CLOSE_ACCOUNTS) : []
  const only = isFollowingOnly && viewerId ? [...followed, viewerId] : null
  const ids = await searchIds(ctx, {
    index: aliasOf(ctx.config, 'accounts'),
    from: offset,
    size: limit,
    sort: [{ _score: { order: 'desc' } }, { id: { order: 'desc' } }],
    query: accountQuery(words, text.trim(), followed, only),
  })
  return findableAccountIds(ctx.db, viewerId, ids, isFollowingOnly)
}

/** @param only the accounts to look among; null for all */
export function accountQuery(
  words: readonly string[],
  text: string,
  followed: readonly string[],
  only: readonly string[] | null,
): Query {
  return {
    bool: {
      must: [
        {
          function_score: {
            query: {
              bool: {
                must: words.map(wordQuery),
                ...(only ? { filter: [{ terms: { id: [...only] } }] } : {}),
              },
            },
            functions: [
              { field_value_factor: { field: 'followers_count', modifier: 'log2p', missing: 0 } },
              { gauss: { last_status_at: { origin: 'now', offset: '30d', scale: '30d', decay: 0.5 } } },
              ...(followed.length > 0
                ? [{ filter: { terms: { id: [...followed] } }, weight: FOLLOWED_WEIGHT }]
                : []),
            ],
            score_mode: 'multiply',
            boost_mode: 'multiply',
          },
        },
      ],
      should: [
        {
          constant_score: {
            filter: { term: { 'username.exact': text } },
            boost: EXACT_NAME_WEIGHT,
          },
        },
      ],
    },
  }
}

/** The whole word counts for more than a beginning, a name for more than a domain. */
function wordQuery(word: string): Query {
  return {
    multi_match: {
      query: word,
      type: 'most_fields',
      operator: 'and',
      fields: [
        'username^4',
        'username.beginnings^2',
        'display_name^4',
        'display_name.beginnings^2',
        'domain',
        'domain.beginnings',
      ],
    },
  }
}
