import { trendingStatusesSource } from '../../api/explore.ts'
import { Column } from '../../components/column.tsx'
import { Tabs } from '../../components/tabs.tsx'
import { useText } from '../../i18n/text.tsx'
import { isSignedIn } from '../../state/session.ts'
import { StatusItem } from '../status/status-item.tsx'
import { FeedList } from '../timeline/feed-list.tsx'
import { Welcome } from '../visitor/welcome.tsx'
import { NothingTrends } from './nothing-trends.tsx'
import { Suggestions } from './suggestions.tsx'
import { TrendingLinks } from './trending-links.tsx'
import { TrendingTags } from './trending-tags.tsx'
import './explore.css'

export type ExploreTab = 'posts' | 'tags' | 'links' | 'people'

const PATHS: Record<ExploreTab, string> = {
  posts: '/explore',
  tags: '/explore/tags',
  people: '/explore/suggestions',
  links: '/explore/links',
}
const TABS = Object.keys(PATHS) as ExploreTab[]

/** What many here talk about, and whom one might follow. */
export function ExploreScreen({ tab }: { tab: ExploreTab }) {
  const say = useText()
  const tabs = TABS.filter((each) => each !== 'people' || isSignedIn)
  return (
    <Column title={say('nav.explore')}>
      {!isSignedIn && <Welcome />}
      <Tabs
        label={say('nav.explore')}
        current={PATHS[tab]}
        tabs={tabs.map((each) => ({ to: PATHS[each], label: say(`explore.${each}`) }))}
      />
      {tab === 'posts' && <TrendingPosts />}
      {tab === 'tags' && <TrendingTags />}
      {tab === 'links' && <TrendingLinks />}
      {tab === 'people' && <Suggestions />}
    </Column>
  )
}

function TrendingPosts() {
  const say = useText()
  return (
    <FeedList source={trendingStatusesSource} label={say('explore.posts')} empty={<NothingTrends />}>
      {(id) => <StatusItem key={id} id={id} context="public" />}
    </FeedList>
  )
}
