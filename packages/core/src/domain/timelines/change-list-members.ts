import type { ListRow, Window } from '@anancus/db'
import {
  deleteListMembers,
  insertListMembers,
  listCandidates,
  listMemberIds,
} from '@anancus/db/queries/lists'
import type { Ctx } from '../../kernel/context.ts'
import { NotFoundError, ValidationError } from '../../kernel/errors.ts'
import { afterCommit, transaction } from '../../kernel/transaction.ts'
import { dropFeeds } from './feed-store.ts'

const ALL = 2_147_483_647

/** Lists who is on a list by account id, highest first; all of them where the limit is 0. */
export function listMembers(ctx: Ctx, list: ListRow, window: Window): Promise<string[]> {
  return listMemberIds(ctx.db, window.limit === 0 ? { limit: ALL } : window, list.id)
}

/**
 * Puts accounts on a list: the owner, and whom the owner follows or has asked to. All or none.
 *
 * @throws NotFoundError one of them does not exist
 * @throws ValidationError one is not followed, or on the list already
 * @see https://docs.joinmastodon.org/methods/lists/#accounts-add
 */
export async function addListMembers(ctx: Ctx, list: ListRow, accountIds: readonly string[]): Promise<void> {
  const wanted = [...new Set(accountIds)]
  await transaction(ctx, async (tx) => {
    const candidates = await listCandidates(tx.db, list.id, wanted)
    if (candidates.length < wanted.length) throw new NotFoundError()
    for (const { is_member, is_followed } of candidates) {
      const problems = [
        ...(is_member ? ['Account is already on the list'] : []),
        ...(is_followed ? [] : ['Account must be a followed account']),
      ]
      if (problems.length > 0) throw ValidationError.failed(...problems)
    }
    const added = await insertListMembers(tx.db, list.id, wanted)
    // Followed no more, or added by another call, between the two statements.
    if (added.length < wanted.length) throw ValidationError.failed('Account must be a followed account')
    if (added.length > 0) await afterCommit(tx, (outer) => dropFeeds(outer, [list.id], 'list'))
  })
}

/** Takes accounts off a list; those that are not on it are no error. */
export async function removeListMembers(
  ctx: Ctx,
  list: ListRow,
  accountIds: readonly string[],
): Promise<void> {
  const removed = await deleteListMembers(ctx.db, list.id, accountIds)
  if (removed.length > 0) await dropFeeds(ctx, [list.id], 'list')
}
