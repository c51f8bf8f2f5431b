import type { estypes } from '@elastic/elasticsearch'
import { findableStatusIds } from '@anancus/db/queries/search-checks'
import type { SearchWord, StatusSearch } from '@anancus/db/queries/status-search'
import type { Ctx } from '../../../kernel/context.ts'
import { MAX_ROUNDS, MIN_HITS, MAX_RESULT_WINDOW } from '../limits.ts'
import { aliasOf, EVERYBODY } from './indices.ts'
import { searchIds } from './search-ids.ts'

type Query = estypes.QueryDslQueryContainer

/**
 * Searches statuses, newest first. What comes back is held against the database; where that leaves less than a page,
 * more is asked for.
 */
export async function findStatuses(ctx: Ctx, viewerId: string, asked: StatusSearch): Promise<string[]> {
  const query = statusQuery(viewerId, asked)
  if (!query) return []
  const wanted = asked.offset + asked.limit
  const size = Math.min(MAX_RESULT_WINDOW, Math.max(MIN_HITS, wanted))
  const found: string[] = []
  let before: string | null = null
  for (let round = 0; round < MAX_ROUNDS && found.length < wanted; round++) {
    const hits = await searchIds(ctx, { ...statusSearch(ctx, asked, withBound(query, before)), size })
    const ids = [...new Set(hits)]
    found.push(...(await findableStatusIds(ctx.db, viewerId, ids, asked.scope)))
    before = ids.at(-1) ?? null
    if (hits.length < size) break
  }
  // The last of one round and the first of the next may be one status, found in two indices.
  return [...new Set(found)].slice(asked.offset, wanted)
}

function statusSearch(ctx: Ctx, { scope }: StatusSearch, query: Query) {
  const indices = [
    ...(scope === 'library' ? [] : [aliasOf(ctx.config, 'public_statuses')]),
    ...(scope === 'public' ? [] : [aliasOf(ctx.config, 'statuses')]),
  ]
  return { index: indices.join(','), sort: [{ id: { order: 'desc' as const } }], query }
}

function withBound(query: Query, before: string | null): Query {
  if (before === null) return query
  return { bool: { must: [query], filter: [{ range: { id: { lt: before } } }] } }
}

/** @returns null for words none of which could be found */
export function statusQuery(viewerId: string, asked: StatusSearch): Query | null {
  const wanted = asked.words.filter((word) => !word.isNegated)
  const words = wanted.filter(hasLetters)
  const unwanted = asked.words.filter((word) => word.isNegated && hasLetters(word))
  const isFruitless = wanted.length > 0 ? words.length === 0 : unwanted.length === 0
  if (asked.words.length > 0 && isFruitless) return null
  return {
    bool: {
      must: words.map(wordQuery),
      must_not: [
        ...unwanted.map(wordQuery),
        ...terms('account_id', asked.notAccountIds),
        ...terms('properties', asked.notProperties),
        ...terms('language', asked.notLanguages),
      ],
      filter: [
        ...terms('searchable_by', searchableBy(viewerId, asked.scope)),
        ...terms('account_id', asked.accountIds ?? []),
        ...terms('language', asked.languages ?? []),
        ...asked.properties.map((property): Query => ({ term: { properties: property } })),
        ...bounds(asked),
      ],
    },
  }
}

/** What the tokenizer makes a word of; of anything else there would be nothing to look for. */
function hasLetters({ text }: SearchWord): boolean {
  return /[\p{L}\p{N}\p{Extended_Pictographic}]/u.test(text)
}

/** Words are looked for as they are and in other forms, phrases as they are, hashtags as hashtags. */
function wordQuery({ text, isExact }: SearchWord): Query {
  if (!isExact && /^#[\p{L}\p{N}_]+$/u.test(text)) return { term: { tags: text.slice(1) } }
  if (isExact) return { match_phrase: { text } }
  return { multi_match: { query: text, type: 'phrase', fields: ['text', 'text.stemmed'] } }
}

function searchableBy(viewerId: string, scope: StatusSearch['scope']): string[] {
  return [...(scope === 'public' ? [] : [viewerId]), ...(scope === 'library' ? [] : [EVERYBODY])]
}

function terms(field: string, values: readonly string[]): Query[] {
  return values.length > 0 ? [{ terms: { [field]: [...values] } }] : []
}

function bounds({ since, until, timeZone, minId, maxId }: StatusSearch): Query[] {
  const days = { time_zone: timeZone, format: 'yyyy-MM-dd' }
  return [
    ...(since === null ? [] : [{ range: { created_at: { gte: since, ...days } } }]),
    ...(until === null ? [] : [{ range: { created_at: { lt: until, ...days } } }]),
    ...(minId === undefined ? [] : [{ range: { id: { gt: minId } } }]),
    ...(maxId === undefined ? [] : [{ range: { id: { lt: maxId } } }]),
  ]
}
