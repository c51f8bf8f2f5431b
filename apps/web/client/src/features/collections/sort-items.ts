import type { CollectionItem } from '@anancus/core/entities/types'
import { displayNameOf } from '../../components/names.tsx'
import { accounts } from '../../state/entities.ts'

export const ORDERS = ['added', 'name', 'active', 'followers'] as const
export type Order = (typeof ORDERS)[number]

/** The places of a collection in another order; its owner's own is the order they come in. */
export function sortItems(items: readonly CollectionItem[], order: Order): CollectionItem[] {
  const account = (item: CollectionItem) => accounts.get(item.account_id ?? '')
  const sorted = [...items]
  if (order === 'name') {
    const name = (item: CollectionItem) => {
      const found = account(item)
      return found ? displayNameOf(found) : ''
    }
    sorted.sort((a, b) => name(a).localeCompare(name(b)))
  } else if (order === 'active') {
    const day = (item: CollectionItem) => account(item)?.last_status_at ?? ''
    sorted.sort((a, b) => day(b).localeCompare(day(a)))
  } else if (order === 'followers') {
    const count = (item: CollectionItem) => account(item)?.followers_count ?? 0
    sorted.sort((a, b) => count(b) - count(a))
  }
  return sorted
}
