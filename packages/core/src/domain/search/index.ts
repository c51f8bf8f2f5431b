export { type SearchRequest, type SearchResult, type SearchType, search } from './search.ts'
