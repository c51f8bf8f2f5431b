import type { ListRow } from '@anancus/db'
import type { List } from '../types/index.ts'

/** In the order of their stored integers. */
const REPLIES_POLICIES = ['list', 'followed', 'none'] as const

/** @see https://docs.joinmastodon.org/entities/List/ */
export function listJson(row: ListRow): List {
  return {
    id: row.id,
    title: row.title,
    replies_policy: REPLIES_POLICIES[row.replies_policy] ?? 'list',
    exclusive: row.exclusive,
  }
}
