import type { Collection, Notification } from '@anancus/core/entities/types'

export interface NotificationGroup {
  /** Of the newest, which stands for all. */
  id: string
  type: Notification['type']
  statusId: string | null
  /** What it tells of, when that is a collection of accounts. */
  collection: Collection | null
  /** Who did it, newest first, each once. */
  accountIds: string[]
  createdAt: string
  ids: string[]
}

/** Kinds of which several say no more than one does. */
const GROUPABLE: ReadonlySet<string> = new Set(['favourite', 'reblog', 'follow', 'admin.sign_up'])

/** Puts notifications of one group together, where its newest stands; the order is otherwise kept. */
export function groupNotifications(list: readonly Notification[]): NotificationGroup[] {
  const groups = new Map<string, NotificationGroup>()
  for (const one of list) {
    const key = GROUPABLE.has(one.type) && one.group_key ? one.group_key : `one-${one.id}`
    const group = groups.get(key)
    if (!group) groups.set(key, begin(one))
    else {
      group.ids.push(one.id)
      if (!group.accountIds.includes(one.account.id)) group.accountIds.push(one.account.id)
    }
  }
  return [...groups.values()]
}

function begin(one: Notification): NotificationGroup {
  return {
    id: one.id,
    type: one.type,
    statusId: one.status?.id ?? null,
    collection: one.collection ?? null,
    accountIds: [one.account.id],
    createdAt: one.created_at,
    ids: [one.id],
  }
}
