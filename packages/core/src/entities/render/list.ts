import { type ListRow, REPLIES_POLICIES } from '@anancus/db'
import type { List } from '../types/index.ts'

/** @see https://docs.joinmastodon.org/entities/List/ */
export function listJson(row: ListRow): List {
  return {
    id: row.id,
    title: row.title,
    replies_policy: REPLIES_POLICIES[row.replies_policy] ?? 'list',
    exclusive: row.exclusive,
  }
}
