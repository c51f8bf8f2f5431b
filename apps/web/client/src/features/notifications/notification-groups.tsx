import type { ReactNode } from 'react'
import { useMemo } from 'react'
import { notifications } from '../../state/entities.ts'
import { useFeed } from '../../state/feeds/feeds.ts'
import { groupNotifications, type NotificationGroup } from './group.ts'

interface Props {
  feedKey: string
  children(groups: ReadonlyMap<string, NotificationGroup>): ReactNode
}

/** Groups what a feed shows; each group is found under the id of its newest, the others have none. */
export function NotificationGroups({ feedKey, children }: Props) {
  const { ids } = useFeed(feedKey)
  const groups = useMemo(() => {
    const list = ids.map((id) => notifications.get(id)).filter((one) => one !== undefined)
    return new Map(groupNotifications(list).map((group) => [group.id, group]))
  }, [ids])
  return children(groups)
}
