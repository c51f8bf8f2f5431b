import { findAccounts } from '../elasticsearch/find-accounts.ts'
import { findServers } from '../elasticsearch/find-servers.ts'
import { findStatuses } from '../elasticsearch/find-statuses.ts'
import { findTags } from '../elasticsearch/find-tags.ts'
import type { SearchEngine } from '../engine.ts'

/** Searches in Elasticsearch; what it finds is held against the database. */
export const elasticsearchEngine: SearchEngine = {
  name: 'elasticsearch',
  findStatuses,
  findAccounts,
  findServers,
  findTags,
}
