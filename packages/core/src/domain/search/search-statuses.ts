import type { StatusSearch } from '@anancus/db/queries/status-search'
import type { Ctx } from '../../kernel/context.ts'
import { NotFoundError } from '../../kernel/errors.ts'
import type { Viewer } from '../../kernel/viewer.ts'
import { lookupAccount } from '../accounts/index.ts'
import { ask } from './engines/choose.ts'
import { parseQuery } from './parse-query.ts'
import { readTerms } from './read-terms.ts'

export interface StatusSearchOptions {
  /** Only posts of this account. */
  accountId?: string | undefined
  minId?: string | undefined
  maxId?: string | undefined
  limit: number
  offset: number
}

/**
 * Searches posts with words and Mastodon's operators; newest first.
 *
 * @returns ids of posts the viewer may see: its own, those it was mentioned in or touched, and public ones of authors
 * who allow to be found
 */
export async function searchStatuses(
  ctx: Ctx,
  viewer: Viewer,
  query: string,
  options: StatusSearchOptions,
): Promise<string[]> {
  const read = readTerms(parseQuery(query))
  if (!read) return []
  const { handles, notHandles, ...terms } = read
  const { accountId, minId, maxId, limit, offset } = options
  const named = await accountIdsOf(ctx, viewer, handles)
  const accountIds = accountId
    ? [accountId].filter((id) => handles.length === 0 || named.includes(id))
    : named
  if (accountIds.length === 0 && (accountId || handles.length > 0)) return []
  const asked: StatusSearch = {
    ...terms,
    minId,
    maxId,
    limit,
    offset,
    accountIds: accountIds.length > 0 ? accountIds : null,
    notAccountIds: await accountIdsOf(ctx, viewer, notHandles),
    timeZone: viewer.user.time_zone ?? 'UTC',
    wordLanguages: languagesOf(ctx, viewer, terms.languages),
  }
  return ask(ctx, (engine) => engine.findStatuses(ctx, viewer.account.id, asked))
}

/** What the words of a search may be in: what was asked for, else what the searcher reads. */
function languagesOf(ctx: Ctx, { user }: Viewer, asked: readonly string[] | null): string[] {
  if (asked) return [...asked]
  return [...new Set([...(user.chosen_languages ?? []), user.locale ?? ctx.config.env.DEFAULT_LOCALE])]
}

/** Names that nobody bears are left out. */
async function accountIdsOf(ctx: Ctx, viewer: Viewer, handles: string[]): Promise<string[]> {
  const ids = await Promise.all(
    handles.map(async (handle) => {
      if (handle.toLowerCase() === 'me') return [viewer.account.id]
      try {
        return [(await lookupAccount(ctx, viewer, handle.replace(/^@/, ''))).id]
      } catch (error) {
        if (error instanceof NotFoundError) return []
        throw error
      }
    }),
  )
  return ids.flat()
}
