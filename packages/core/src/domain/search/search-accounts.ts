import type { Ctx } from '../../kernel/context.ts'
import type { Viewer } from '../../kernel/viewer.ts'
import { type AccountSearch, searchAccounts as searchAccountsBy } from '../accounts/index.ts'
import { ask } from './engines/choose.ts'

/**
 * Searches accounts by name, display name or handle with the engine that is there; an exact `user@domain` comes first.
 *
 * @returns ids, best first
 * @see https://docs.joinmastodon.org/methods/accounts/#search
 */
export async function searchAccounts(
  ctx: Ctx,
  viewer: Viewer | null,
  search: AccountSearch,
): Promise<string[]> {
  return searchAccountsBy(ctx, viewer, search, (words, options) =>
    ask(ctx, (engine) => engine.findAccounts(ctx, words, options)),
  )
}
