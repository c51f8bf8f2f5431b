export type FilterContext = 'home' | 'notifications' | 'public' | 'thread' | 'account'

/** @see https://docs.joinmastodon.org/entities/Filter/ */
export interface Filter {
  id: string
  title: string
  context: FilterContext[]
  expires_at: string | null
  filter_action: 'warn' | 'hide' | 'blur'
}

/** @see https://docs.joinmastodon.org/entities/FilterKeyword/ */
export interface FilterKeyword {
  id: string
  keyword: string
  whole_word: boolean
}

/** @see https://docs.joinmastodon.org/entities/FilterStatus/ */
export interface FilterStatus {
  id: string
  status_id: string
}

/** A filter as its owner sees it, with all it looks for. */
export type OwnFilter = Filter & { keywords: FilterKeyword[]; statuses: FilterStatus[] }

/**
 * One keyword with its filter, as old clients know filters.
 *
 * @see https://docs.joinmastodon.org/entities/V1_Filter/
 */
export interface V1Filter {
  id: string
  phrase: string
  context: FilterContext[]
  whole_word: boolean
  expires_at: string | null
  irreversible: boolean
}

/** @see https://docs.joinmastodon.org/entities/FilterResult/ */
export interface FilterResult {
  filter: Filter
  keyword_matches: string[] | null
  status_matches: string[] | null
}
