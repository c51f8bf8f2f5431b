import type { StatusSearch } from '@anancus/db/queries/status-search'
import type { Ctx } from '../../kernel/context.ts'

/** A page of a list ordered by how well it fits. */
export interface SearchPage {
  limit: number
  offset: number
}

export interface AccountQuestion extends SearchPage {
  /** Who asks; null for nobody. */
  viewerId: string | null
  /** Only accounts the viewer follows, and itself. */
  isFollowingOnly: boolean
}

export interface TagQuestion extends SearchPage {
  /** Leaves out what no moderator has looked at, save the exact one. */
  isReviewedOnly: boolean
}

/**
 * What answers searches: the database itself, or Elasticsearch. Both give the same answers to the cases of
 * `search-cases.ts`, and neither ever gives what the viewer may not find.
 */
export interface SearchEngine {
  readonly name: 'postgres' | 'elasticsearch'
  /** Ids of statuses, newest first. */
  findStatuses(ctx: Ctx, viewerId: string, asked: StatusSearch): Promise<string[]>
  /** Ids of accounts, best first; the last word may be a beginning. */
  findAccounts(ctx: Ctx, words: string, asked: AccountQuestion): Promise<string[]>
  /** Ids of the tags whose normalised names begin so: the exact one first, then the shortest. */
  findTags(ctx: Ctx, prefix: string, asked: TagQuestion): Promise<string[]>
  /** Domains of servers we know and do not limit that begin so, by name. */
  findServers(ctx: Ctx, start: string, limit: number): Promise<string[]>
}
