import type { AccountRow } from '@anancus/db'
import { searchAccountIds } from '@anancus/db/queries/account-search'
import { findFollow } from '@anancus/db/queries/follows'
import { parseHandle } from '../../activitypub/parse/handle.ts'
import type { Ctx } from '../../kernel/context.ts'
import { NotFoundError, RemoteServerError } from '../../kernel/errors.ts'
import type { Viewer } from '../../kernel/viewer.ts'
import { MIN_ANONYMOUS_QUERY_CHARACTERS } from './limits.ts'
import { getAccount, lookupAccount } from './reads.ts'
import { resolveAccount } from './resolve-account.ts'

export interface AccountSearch {
  q: string
  limit: number
  offset?: number | undefined
  /** Ask the other server for a handle we do not know. */
  resolve?: boolean | undefined
  /** Only accounts the viewer follows. */
  following?: boolean | undefined
}

/** Finds accounts by words, best first: in the database, unless a search engine does it. */
export type FindAccounts = (
  words: string,
  options: Parameters<typeof searchAccountIds>[2],
) => Promise<string[]>

/**
 * Searches accounts by name, display name or handle; an exact `user@domain` comes first.
 *
 * @returns ids, best first
 * @see https://docs.joinmastodon.org/methods/accounts/#search
 */
export async function searchAccounts(
  ctx: Ctx,
  viewer: Viewer | null,
  search: AccountSearch,
  find: FindAccounts = (words, options) => searchAccountIds(ctx.db, words, options),
): Promise<string[]> {
  const { limit, offset = 0 } = search
  const query = search.q.trim().replace(/^@/, '')
  if (query === '' || limit <= 0) return []
  const exact = offset === 0 && isHandle(query) ? await findExact(ctx, viewer, query, search) : null
  const exactIds = exact ? [exact.id] : []
  if (viewer === null && query.length < MIN_ANONYMOUS_QUERY_CHARACTERS) return exactIds
  const found = await find(wordsOf(ctx, query), {
    viewerId: viewer?.account.id ?? null,
    isFollowingOnly: viewer !== null && search.following === true,
    limit,
    offset,
  })
  return [...new Set([...exactIds, ...found])].slice(0, limit)
}

function isHandle(query: string): boolean {
  return query.includes('@') && parseHandle(query) !== null
}

/** Of a handle of ours the name is searched, of another one the whole. */
function wordsOf(ctx: Ctx, query: string): string {
  const handle = isHandle(query) ? parseHandle(query) : null
  return handle?.domain && ctx.config.ownHosts.has(handle.domain) ? handle.username : query
}

async function findExact(
  ctx: Ctx,
  viewer: Viewer | null,
  query: string,
  search: AccountSearch,
): Promise<AccountRow | null> {
  const account = await knownOrResolved(ctx, viewer, query, search.resolve === true)
  if (!account || account.suspended_at !== null) return null
  if (!search.following || viewer === null || account.id === viewer.account.id) return account
  return (await findFollow(ctx.db, viewer.account.id, account.id)) ? account : null
}

/** A server that does not answer has nobody of that name, as far as a search is concerned. */
async function knownOrResolved(
  ctx: Ctx,
  viewer: Viewer | null,
  query: string,
  isResolving: boolean,
): Promise<AccountRow | null> {
  try {
    if (!isResolving) return await lookupAccount(ctx, viewer, query)
    const account = await resolveAccount(ctx, query)
    return account && (await getAccount(ctx, viewer, account.id))
  } catch (error) {
    if (error instanceof NotFoundError) return null
    if (!(error instanceof RemoteServerError)) throw error
    ctx.log.info({ error, query }, 'a handle could not be resolved')
    return null
  }
}
