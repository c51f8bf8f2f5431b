import type { RelationEntry } from '@anancus/core/domain/relationships'
import { renderAccounts } from '@anancus/core/entities'
import type { Account } from '@anancus/core/entities/types'
import type { Window } from '@anancus/db'
import { cursorsOf, pageReply } from '../../http/pagination.ts'
import type { Reply } from '../../http/reply.ts'
import type { Call } from '../../http/route.ts'

/**
 * A page of accounts that stand in some relation: the cursors are the ids of the relations, which clients know from the
 * links only. `present` adds to each account what the list says beyond it.
 */
export async function relationPage<Entry extends RelationEntry>(
  call: Pick<Call<unknown>, 'ctx' | 'req' | 'viewer'>,
  window: Window,
  entries: readonly Entry[],
  present: (account: Account, entry: Entry) => Account = (account) => account,
): Promise<Reply> {
  const accounts = await renderAccounts(
    call.ctx,
    call.viewer,
    entries.map((entry) => entry.account_id),
  )
  const byId = new Map(accounts.map((account) => [account.id, account]))
  const items = entries.flatMap((entry) => {
    const account = byId.get(entry.account_id)
    return account ? [present(account, entry)] : []
  })
  return pageReply(call, items, {
    window,
    cursors: cursorsOf(entries, (entry) => entry.row_id),
    mode: 'full-page',
    prev: 'since_id',
    count: entries.length,
  })
}
