import { lazy, type ReactNode } from 'react'
import { HomeScreen } from '../features/timeline/home.tsx'
import { PublicScreen } from '../features/timeline/public.tsx'
import { isSignedIn } from '../state/session.ts'
import type { Place } from './routes.ts'

const ThreadScreen = lazy(async () => ({
  default: (await import('../features/thread/thread.tsx')).ThreadScreen,
}))
const ProfileScreen = lazy(async () => ({
  default: (await import('../features/profile/profile.tsx')).ProfileScreen,
}))
const CollectionScreen = lazy(async () => ({
  default: (await import('../features/collections/collection.tsx')).CollectionScreen,
}))
const NotificationsScreen = lazy(async () => ({
  default: (await import('../features/notifications/notifications.tsx')).NotificationsScreen,
}))
const SearchScreen = lazy(async () => ({
  default: (await import('../features/search/search.tsx')).SearchScreen,
}))
const ExploreScreen = lazy(async () => ({
  default: (await import('../features/explore/explore.tsx')).ExploreScreen,
}))
const DirectoryScreen = lazy(async () => ({
  default: (await import('../features/explore/directory.tsx')).DirectoryScreen,
}))
const LinkScreen = lazy(async () => ({
  default: (await import('../features/timeline/link.tsx')).LinkScreen,
}))
const HashtagScreen = lazy(async () => ({
  default: (await import('../features/timeline/hashtag.tsx')).HashtagScreen,
}))
const SavedScreen = lazy(async () => ({
  default: (await import('../features/timeline/saved.tsx')).SavedScreen,
}))
const PeopleScreen = lazy(async () => ({
  default: (await import('../features/accounts/people.tsx')).PeopleScreen,
}))
const InteractionsScreen = lazy(async () => ({
  default: (await import('../features/accounts/interactions.tsx')).InteractionsScreen,
}))
const OwnListScreen = lazy(async () => ({
  default: (await import('../features/accounts/own-lists.tsx')).OwnListScreen,
}))
const AboutScreen = lazy(async () => ({ default: (await import('../features/about/about.tsx')).AboutScreen }))
const DocumentScreen = lazy(async () => ({
  default: (await import('../features/about/document.tsx')).DocumentScreen,
}))
const NowhereScreen = lazy(async () => ({
  default: (await import('../features/about/nowhere.tsx')).NowhereScreen,
}))
const NeedsSignIn = lazy(async () => ({
  default: (await import('../features/visitor/needs-sign-in.tsx')).NeedsSignIn,
}))

const OWN: ReadonlySet<Place['screen']> = new Set([
  'notifications',
  'favourites',
  'bookmarks',
  'follow-requests',
  'blocks',
  'mutes',
  'publish',
])

/** What an address shows. A visitor at home sees what this server writes. */
export function screenOf(place: Place): ReactNode {
  if (!isSignedIn && (OWN.has(place.screen) || (place.screen === 'explore' && place.tab === 'people')))
    return <NeedsSignIn />
  switch (place.screen) {
    case 'home':
    case 'publish':
    case 'settings':
    case 'shortcuts':
      return isSignedIn ? <HomeScreen /> : <PublicScreen kind="local" />
    case 'public':
      return <PublicScreen key={place.kind} kind={place.kind} />
    case 'explore':
      return <ExploreScreen key={place.tab} tab={place.tab} />
    case 'directory':
      return <DirectoryScreen />
    case 'link':
      return <LinkScreen key={place.url} url={place.url} />
    case 'hashtag':
      return <HashtagScreen key={place.tag} tag={place.tag} />
    case 'profile':
      return <ProfileScreen key={place.acct} acct={place.acct} tab={place.tab} />
    case 'collection':
      return <CollectionScreen key={place.id} id={place.id} />
    case 'people':
      return <PeopleScreen key={place.acct + place.list} acct={place.acct} list={place.list} />
    case 'thread':
      return <ThreadScreen key={place.id} id={place.id} />
    case 'interactions':
      return <InteractionsScreen key={place.id + place.kind} id={place.id} kind={place.kind} />
    case 'notifications':
      return <NotificationsScreen key={place.tab} tab={place.tab} />
    case 'search':
      return <SearchScreen />
    case 'favourites':
    case 'bookmarks':
      return <SavedScreen key={place.screen} which={place.screen} />
    case 'follow-requests':
    case 'blocks':
    case 'mutes':
      return <OwnListScreen key={place.screen} which={place.screen} />
    case 'about':
      return <AboutScreen />
    case 'document':
      return <DocumentScreen key={`${place.which} ${place.date}`} which={place.which} date={place.date} />
    case 'nowhere':
      return <NowhereScreen />
  }
}
