export type FilterContext = 'home' | 'notifications' | 'public' | 'thread' | 'account'

/** @see https://docs.joinmastodon.org/entities/Filter/ */
export interface Filter {
  id: string
  title: string
  context: FilterContext[]
  expires_at: string | null
  filter_action: 'warn' | 'hide' | 'blur'
}

/** @see https://docs.joinmastodon.org/entities/FilterResult/ */
export interface FilterResult {
  filter: Filter
  keyword_matches: string[] | null
  status_matches: string[] | null
}
