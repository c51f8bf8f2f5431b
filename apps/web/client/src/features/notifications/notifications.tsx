import { Bell } from 'lucide-react'
import { type NotificationTab, notificationSource } from '../../api/notifications.ts'
import { Column } from '../../components/column.tsx'
import { Empty } from '../../components/states.tsx'
import { Tabs } from '../../components/tabs.tsx'
import { useText } from '../../i18n/text.tsx'
import { useLive } from '../../streaming/live.ts'
import { FeedList } from '../timeline/feed-list.tsx'
import { NotificationItem } from './notification-item.tsx'
import { NotificationGroups } from './notification-groups.tsx'
import { useMarkRead } from './use-mark-read.ts'
import './notifications.css'

const SOURCES = { all: notificationSource('all'), mentions: notificationSource('mentions') }
const USER_STREAM = { stream: 'user' } as const

export function NotificationsScreen({ tab }: { tab: NotificationTab }) {
  const say = useText()
  const source = SOURCES[tab]
  useLive(source, USER_STREAM)
  const readUpTo = useMarkRead(source)
  return (
    <Column title={say('nav.notifications')}>
      <Tabs
        label={say('notification.tabs')}
        current={tab === 'all' ? '/notifications' : '/notifications/mentions'}
        tabs={[
          { to: '/notifications', label: say('notification.tab_all') },
          { to: '/notifications/mentions', label: say('notification.tab_mentions') },
        ]}
      />
      <NotificationGroups feedKey={source.key}>
        {(groups) => (
          <FeedList
            source={source}
            label={say('nav.notifications')}
            pill="feed.new_notifications"
            empty={
              <Empty icon={Bell} title={say('notification.empty')}>
                <p>{say('notification.empty_hint')}</p>
              </Empty>
            }
          >
            {(id) => <NotificationItem key={id} group={groups.get(id)} isNew={isAfter(id, readUpTo)} />}
          </FeedList>
        )}
      </NotificationGroups>
    </Column>
  )
}

/** Ids are numbers too long for numbers. */
function isAfter(id: string, mark: string | null): boolean {
  if (mark === null) return false
  return id.length === mark.length ? id > mark : id.length > mark.length
}
