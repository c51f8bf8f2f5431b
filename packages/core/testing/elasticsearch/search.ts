import type { Cluster } from './cluster.ts'
import type { Document, IndexData } from './index-data.ts'
import { fieldOf, type Matcher, readQuery } from './query.ts'
import { illegal, type Json, list, object, oneOf, onlyEntry, whole } from './refusal.ts'

const MAX_RESULT_WINDOW = 10_000

interface Hit {
  index: string
  document: Document
  score: number
}

type Key = (hit: Hit) => string | bigint | number | boolean | undefined

/** Searches one or several indices. */
export function runSearch(cluster: Cluster, names: string, body: unknown): Json {
  const request = object(body, ['query', 'size', 'from', 'sort', '_source', 'track_total_hits'], 'search')
  if (request._source !== false || request.track_total_hits !== false)
    throw illegal('only ids are asked for, and no totals')
  const [size, from] = [whole(request.size, 'size'), whole(request.from ?? 0, 'from')]
  if (size + from > MAX_RESULT_WINDOW)
    throw illegal(
      `Result window is too large, from + size must be less than or equal to: [${MAX_RESULT_WINDOW}]`,
    )
  const indices = cluster.resolve(names)
  const hits = indices.flatMap((index) => hitsOf(index, readQuery(request.query, index.mapping)))
  const orders = list(request.sort, 'sort').map((entry) => readSort(entry, indices))
  hits.sort((a, b) => orders.reduce((order, compare) => order || compare(a, b), 0))
  return {
    took: 1,
    timed_out: false,
    _shards: { total: indices.length, successful: indices.length, skipped: 0, failed: 0 },
    hits: {
      max_score: null,
      hits: hits
        .slice(from, from + size)
        .map(({ index, document, score }) => ({ _index: index, _id: document.id, _score: score, sort: [] })),
    },
  }
}

function hitsOf(index: IndexData, matches: Matcher): Hit[] {
  return [...index.documents.values()].flatMap((document) => {
    const score = matches(document)
    return score === null ? [] : [{ index: index.name, document, score }]
  })
}

function readSort(entry: unknown, indices: readonly IndexData[]): (a: Hit, b: Hit) => number {
  const [name, given] = onlyEntry(entry, 'sort')
  const order = oneOf(object(given, ['order'], 'sort').order, ['asc', 'desc'], 'order')
  const key: Key = name === '_score' ? (hit) => hit.score : (hit) => hit.document.values(name)[0]
  if (name !== '_score')
    for (const index of indices) fieldOf(name, index.mapping, ['long', 'integer', 'keyword', 'date'])
  const sign = order === 'asc' ? 1 : -1
  return (a, b) => {
    const [one, other] = [key(a), key(b)]
    if (one === other) return 0
    // What lacks the field comes last, whichever way round.
    if (one === undefined) return 1
    if (other === undefined) return -1
    return one < other ? -sign : sign
  }
}
