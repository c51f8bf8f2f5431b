import { MessageSquareDashed } from 'lucide-react'
import { useEffect, useMemo } from 'react'
import { isNotFound } from '../../api/errors.ts'
import { type ProfileTab, profileSource } from '../../api/timelines.ts'
import { Column } from '../../components/column.tsx'
import { displayNameOf } from '../../components/names.tsx'
import { Empty, Failed, StatusSkeletons } from '../../components/states.tsx'
import { Tabs } from '../../components/tabs.tsx'
import { useText } from '../../i18n/text.tsx'
import { getFeed, loadFeed } from '../../state/feeds/feeds.ts'
import { useLive } from '../../streaming/live.ts'
import { ProfileCollections } from '../collections/profile-collections.tsx'
import { StatusItem } from '../status/status-item.tsx'
import { Missing } from '../thread/missing.tsx'
import { FeedList } from '../timeline/feed-list.tsx'
import { ProfileHead } from './head.tsx'
import { Pinned, usePinned } from './pinned.tsx'
import { useProfile } from './use-profile.ts'
import './profile.css'

/** Somebody's page: who they are, and what they wrote. */
export function ProfileScreen({ acct, tab }: { acct: string; tab: ProfileTab | 'collections' }) {
  const say = useText()
  const { account, isError, error, refetch } = useProfile(acct)
  if (!account) {
    if (isError && isNotFound(error)) return <Missing />
    return (
      <Column title={`@${acct}`} back>
        {isError ? <Failed error={error} onRetry={() => void refetch()} /> : <ProfileSkeleton />}
      </Column>
    )
  }
  const base = `/@${account.acct}`
  return (
    <Column
      title={displayNameOf(account)}
      subtitle={say('profile.posts', { count: account.statuses_count })}
      back
    >
      <ProfileHead account={account} />
      <Tabs
        label={say('profile.tabs')}
        current={tab === 'posts' ? base : `${base}/${tab === 'replies' ? 'with_replies' : tab}`}
        tabs={[
          { to: base, label: say('profile.tab_posts') },
          { to: `${base}/with_replies`, label: say('profile.tab_replies') },
          { to: `${base}/media`, label: say('profile.tab_media') },
          { to: `${base}/collections`, label: say('collections.title') },
        ]}
      />
      {tab === 'collections' ? (
        <ProfileCollections account={account} />
      ) : (
        <ProfileFeed key={account.id + tab} accountId={account.id} tab={tab} />
      )}
    </Column>
  )
}

function ProfileFeed({ accountId, tab }: { accountId: string; tab: ProfileTab }) {
  const say = useText()
  const source = useMemo(() => profileSource(accountId, tab), [accountId, tab])
  const { pinned, isLoading } = usePinned(accountId, tab === 'posts')
  useLive(source)
  useEffect(() => {
    if (getFeed(source.key).phase === 'idle') void loadFeed(source)
  }, [source])
  // Together, or the pinned ones would push down what is being read already.
  if (isLoading) return <StatusSkeletons />
  return (
    <>
      <Pinned ids={pinned} />
      <FeedList
        source={source}
        label={say('profile.tab_posts')}
        empty={
          <Empty
            icon={MessageSquareDashed}
            title={say(tab === 'media' ? 'profile.no_media' : 'profile.no_posts')}
          />
        }
      >
        {(id) => <StatusItem key={id} id={id} context="account" />}
      </FeedList>
    </>
  )
}

function ProfileSkeleton() {
  return (
    <>
      <div className="profile-header" />
      <div className="profile-gap" />
      <StatusSkeletons />
    </>
  )
}
