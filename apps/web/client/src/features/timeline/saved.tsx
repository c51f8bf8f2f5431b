import { Bookmark, Star } from 'lucide-react'
import { bookmarksSource, favouritesSource } from '../../api/timelines.ts'
import { Column } from '../../components/column.tsx'
import { Empty } from '../../components/states.tsx'
import { useText } from '../../i18n/text.tsx'
import { StatusItem } from '../status/status-item.tsx'
import { FeedList } from './feed-list.tsx'

const LISTS = {
  favourites: {
    source: favouritesSource,
    icon: Star,
    title: 'nav.favourites',
    empty: 'saved.no_favourites',
    hint: 'saved.favourites_hint',
  },
  bookmarks: {
    source: bookmarksSource,
    icon: Bookmark,
    title: 'nav.bookmarks',
    empty: 'saved.no_bookmarks',
    hint: 'saved.bookmarks_hint',
  },
} as const

export function SavedScreen({ which }: { which: keyof typeof LISTS }) {
  const say = useText()
  const { source, icon, title, empty, hint } = LISTS[which]
  return (
    <Column title={say(title)}>
      <FeedList
        source={source}
        label={say(title)}
        empty={
          <Empty icon={icon} title={say(empty)}>
            <p>{say(hint)}</p>
          </Empty>
        }
      >
        {(id) => <StatusItem key={id} id={id} context="home" />}
      </FeedList>
    </Column>
  )
}
