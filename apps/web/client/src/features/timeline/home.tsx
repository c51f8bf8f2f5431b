import { House } from 'lucide-react'
import { homeSource } from '../../api/timelines.ts'
import { AppLink } from '../../components/app-link.tsx'
import { Column } from '../../components/column.tsx'
import { Empty } from '../../components/states.tsx'
import { useText } from '../../i18n/text.tsx'
import { useLive } from '../../streaming/live.ts'
import { Announcements } from '../announcements/announcements.tsx'
import { ComposePrompt } from '../compose/prompt.tsx'
import { StatusItem } from '../status/status-item.tsx'
import { FeedList } from './feed-list.tsx'

const HOME_STREAM = { stream: 'user' } as const

export function HomeScreen() {
  const say = useText()
  useLive(homeSource, HOME_STREAM)
  return (
    <Column title={say('home.title')}>
      <Announcements />
      <ComposePrompt />
      <FeedList
        source={homeSource}
        label={say('home.title')}
        empty={
          <Empty icon={House} title={say('home.empty')}>
            <p>{say('home.empty_hint')}</p>
            <AppLink to="/public/local" className="button button-main">
              {say('home.look_around')}
            </AppLink>
          </Empty>
        }
      >
        {(id) => <StatusItem key={id} id={id} context="home" />}
      </FeedList>
    </Column>
  )
}
