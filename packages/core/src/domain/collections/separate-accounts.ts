import type { AccountRow } from '@anancus/db'
import { collectionItemsBetween } from '@anancus/db/queries/collection-items'
import type { Ctx } from '../../kernel/context.ts'
import { isLocal } from '../../kernel/uris.ts'
import { dropItem } from './change-items.ts'
import { revoke } from './revoke-item.ts'

/**
 * Takes two accounts out of each other's collections, as one of them blocks the other. A local account in a remote
 * collection takes its consent back.
 */
export async function separateAccounts(tx: Ctx, one: AccountRow, other: AccountRow): Promise<void> {
  for (const item of await collectionItemsBetween(tx.db, one.id, other.id)) {
    const [owner, member] = item.owner_id === one.id ? [one, other] : [other, one]
    if (!isLocal(owner) && isLocal(member)) await revoke(tx, member, item)
    else await dropItem(tx, item)
  }
}
