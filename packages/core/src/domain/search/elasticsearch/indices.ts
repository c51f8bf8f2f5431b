import { createHash } from 'node:crypto'
import type { SearchKind } from '@anancus/db/queries/search-changes'
import type { Config } from '../../../kernel/config.ts'
import { analysis } from './analysis.ts'

/** The indices, as `tootctl search deploy --only` names them. */
export const INDEX_NAMES = ['instances', 'accounts', 'tags', 'statuses', 'public_statuses'] as const
export type IndexName = (typeof INDEX_NAMES)[number]

/** Who may find what everybody may find, in `searchable_by`; the id of no account. */
export const EVERYBODY = '0'

const long = { type: 'long' } as const
const date = { type: 'date' } as const
const keyword = { type: 'keyword' } as const
const name = {
  type: 'text',
  analyzer: 'verbatim',
  fields: { beginnings: { type: 'text', analyzer: 'beginnings', search_analyzer: 'verbatim' } },
} as const

const statusFields = {
  id: long,
  account_id: long,
  searchable_by: long,
  text: {
    type: 'text',
    analyzer: 'verbatim',
    fields: { stemmed: { type: 'text', analyzer: 'stemmed' } },
  },
  tags: { type: 'keyword', normalizer: 'folded' },
  language: keyword,
  properties: keyword,
  created_at: date,
} as const

const FIELDS: Record<IndexName, Record<string, object>> = {
  accounts: {
    id: long,
    username: { ...name, fields: { ...name.fields, exact: { type: 'keyword', normalizer: 'folded' } } },
    display_name: name,
    domain: name,
    text: { type: 'text', analyzer: 'verbatim' },
    properties: keyword,
    followers_count: long,
    following_count: long,
    last_status_at: date,
  },
  instances: { domain: { type: 'keyword', normalizer: 'folded' }, accounts_count: long },
  public_statuses: statusFields,
  statuses: statusFields,
  tags: {
    id: long,
    name: { type: 'keyword', normalizer: 'folded' },
    length: { type: 'integer' },
    reviewed: { type: 'boolean' },
    last_status_at: date,
  },
}

/** Which indices a change of this kind concerns. */
export const INDICES_OF: Record<SearchKind, readonly IndexName[]> = {
  accounts: ['accounts'],
  instances: ['instances'],
  statuses: ['statuses', 'public_statuses'],
  tags: ['tags'],
}

/** Under which name an index is searched and written. */
export function aliasOf(config: Config, index: IndexName): string {
  return config.env.ES_PREFIX ? `${config.env.ES_PREFIX}_${index}` : index
}

/** Under which name the next version of an index is written while it is being filled. */
export function buildingAliasOf(config: Config, index: IndexName): string {
  return `${aliasOf(config, index)}_building`
}

/** What an index is made with; two with one fingerprint need not be made anew. */
export function definitionOf(config: Config, index: IndexName) {
  const settings = {
    index: { ...sizesOf(config, index), refresh_interval: '5s', gc_deletes: '10m' },
    analysis,
  }
  const mappings = { dynamic: 'strict' as const, properties: FIELDS[index] }
  const fingerprint = createHash('sha256')
    .update(JSON.stringify([settings.analysis, mappings]))
    .digest('hex')
    .slice(0, 16)
  return { settings, mappings, fingerprint }
}

function sizesOf({ env }: Config, index: IndexName) {
  const isLarge = env.ES_PRESET === 'large_cluster' && (index === 'statuses' || index === 'public_statuses')
  return {
    number_of_shards: isLarge ? 5 : 1,
    number_of_replicas: env.ES_PRESET === 'single_node_cluster' ? 0 : 1,
  }
}
