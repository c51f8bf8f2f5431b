import { searchAccountIds } from '@anancus/db/queries/account-search'
import { searchStatusIds } from '@anancus/db/queries/status-search'
import { searchTagIds } from '@anancus/db/queries/tag-search'
import { findPeers } from '../../instance/index.ts'
import type { SearchEngine } from '../engine.ts'

/** Searches in the database: always there, and never behind. */
export const postgresEngine: SearchEngine = {
  name: 'postgres',
  findStatuses: (ctx, viewerId, asked) => searchStatusIds(ctx.db, viewerId, asked),
  findAccounts: (ctx, words, asked) => searchAccountIds(ctx.db, words, asked),
  findServers: findPeers,
  findTags: (ctx, prefix, asked) => searchTagIds(ctx.db, prefix, asked),
}
