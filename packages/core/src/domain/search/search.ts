import type { Ctx } from '../../kernel/context.ts'
import { ForbiddenError, NotFoundError, RemoteServerError } from '../../kernel/errors.ts'
import type { Viewer } from '../../kernel/viewer.ts'
import { getAccount } from '../accounts/index.ts'
import { getCollection } from '../collections/index.ts'
import { getStatus, resolveUrl } from '../statuses/index.ts'
import type { ShownTag } from '../tags/index.ts'
import { RESOLVE_DEADLINE_MS } from './limits.ts'
import { searchAccounts } from './search-accounts.ts'
import { searchStatuses } from './search-statuses.ts'
import { searchTags } from './search-tags.ts'

export type SearchType = 'accounts' | 'hashtags' | 'statuses' | 'collections'

export interface SearchRequest {
  q: string
  /** Only this kind; absent is all. */
  type?: string | undefined
  /** Ask other servers for an address or handle we do not know. */
  resolve?: boolean | undefined
  /** Only accounts the viewer follows. */
  following?: boolean | undefined
  /** Only hashtags a moderator has looked at. */
  excludeUnreviewed?: boolean | undefined
  /** Only posts of this account. */
  accountId?: string | undefined
  /** Only posts after this one. */
  minId?: string | undefined
  /** Only posts before this one. */
  maxId?: string | undefined
  /** For each kind. */
  limit: number
  /** Counts only together with `type`. */
  offset?: number | undefined
}

/** Ids in order; `tags` as they are shown. */
export interface SearchResult {
  accountIds: string[]
  statusIds: string[]
  /** Collections of accounts: found by their address only. */
  collectionIds: string[]
  tags: ShownTag[]
}

const NOTHING: SearchResult = { accountIds: [], statusIds: [], collectionIds: [], tags: [] }

/**
 * Searches accounts, hashtags and, for who is logged in, statuses; or finds the one thing a pasted address leads to.
 *
 * @see https://docs.joinmastodon.org/methods/search/#v2
 */
export async function search(ctx: Ctx, viewer: Viewer | null, request: SearchRequest): Promise<SearchResult> {
  const query = request.q.trim()
  const offset = request.type ? (request.offset ?? 0) : 0
  if (query === '' || request.limit <= 0) return NOTHING
  if (request.resolve && /^https?:\/\//.test(query)) {
    return offset > 0 ? NOTHING : resolvePasted(ctx, viewer, query, request.type)
  }
  const { limit, type } = request
  const accountIds = wantsAccounts(query, type)
    ? await searchAccounts(ctx, viewer, { ...request, q: query, offset })
    : []
  const tags = wantsTags(query, type)
    ? await searchTags(ctx, viewer, query, {
        isReviewedOnly: request.excludeUnreviewed === true,
        limit,
        offset,
      })
    : []
  const wantsStatuses = !type || type === 'statuses'
  const statusIds =
    viewer && wantsStatuses ? await searchStatuses(ctx, viewer, query, { ...request, offset }) : []
  return { ...NOTHING, accountIds, statusIds, tags }
}

/** Neither `#tag` nor a sentence with a handle in it is the name of anybody. */
function wantsAccounts(query: string, type: string | undefined): boolean {
  const isOther = query.startsWith('#') || (query.includes('@') && query.includes(' '))
  return (!type || type === 'accounts') && !isOther
}

function wantsTags(query: string, type: string | undefined): boolean {
  return (!type || type === 'hashtags') && !query.includes('@')
}

/** What the viewer may not see is not found; neither is what lies on a server that does not answer. */
async function resolvePasted(
  ctx: Ctx,
  viewer: Viewer | null,
  url: string,
  type: string | undefined,
): Promise<SearchResult> {
  try {
    const found = await resolveUrl(ctx, url, {
      onBehalfOf: viewer?.account.id,
      deadlineAt: Date.now() + RESOLVE_DEADLINE_MS,
    })
    if (found?.kind === 'account' && (!type || type === 'accounts')) {
      return { ...NOTHING, accountIds: [(await getAccount(ctx, viewer, found.account.id)).id] }
    }
    if (found?.kind === 'status' && (!type || type === 'statuses')) {
      return { ...NOTHING, statusIds: [(await getStatus(ctx, viewer, found.status.id)).id] }
    }
    if (found?.kind === 'collection' && (!type || type === 'collections')) {
      return { ...NOTHING, collectionIds: [(await getCollection(ctx, viewer, found.collection.id)).id] }
    }
  } catch (error) {
    if (error instanceof RemoteServerError) ctx.log.info({ error, url }, 'an address could not be resolved')
    else if (!(error instanceof NotFoundError || error instanceof ForbiddenError)) throw error
  }
  return NOTHING
}
