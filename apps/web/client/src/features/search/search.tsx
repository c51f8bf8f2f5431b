import { useQuery } from '@tanstack/react-query'
import { Search, SearchX } from 'lucide-react'
import { type ReactNode, useEffect } from 'react'
import { useSearch } from 'wouter'
import { type SearchResult, search } from '../../api/search.ts'
import { Column } from '../../components/column.tsx'
import { Empty, Failed, StatusSkeletons } from '../../components/states.tsx'
import { useText } from '../../i18n/text.tsx'
import { accounts, statuses } from '../../state/entities.ts'
import { goTo } from '../../state/navigation.ts'
import { isSignedIn } from '../../state/session.ts'
import { announce } from '../../state/toasts.ts'
import { CollectionCard } from '../collections/collection-card.tsx'
import { AccountRow } from '../accounts/account-row.tsx'
import { statusPath } from '../status/paths.ts'
import { StatusItem } from '../status/status-item.tsx'
import { Recent, remember } from './recent.tsx'
import { SearchBox } from './search-box.tsx'
import { TagRow } from './tag-row.tsx'
import './search.css'

export function SearchScreen() {
  const say = useText()
  const q = new URLSearchParams(useSearch()).get('q')?.trim() ?? ''
  return (
    <Column title={say('nav.search')}>
      <div className="search-head">
        <SearchBox takesFocus={q === ''} />
      </div>
      {q ? <Results key={q} q={q} /> : <Start />}
    </Column>
  )
}

function Start() {
  const say = useText()
  return (
    <>
      <Recent />
      <Empty icon={Search} title={say('search.start')}>
        <p>{say(isSignedIn ? 'search.hint' : 'search.hint_visitor')}</p>
      </Empty>
    </>
  )
}

function Results({ q }: { q: string }) {
  const say = useText()
  const { data, isError, error, refetch } = useQuery({
    queryKey: ['search', q],
    queryFn: ({ signal }) => search(q, null, signal),
  })
  useFollowAddress(q, data)
  useEffect(() => remember(q), [q])
  const count = data
    ? data.accounts.length + data.statuses.length + data.hashtags.length + data.collections.length
    : null
  useEffect(() => {
    if (count !== null) announce(say('search.found', { count }))
  }, [count, say])
  if (isError) return <Failed error={error} onRetry={() => void refetch()} />
  if (!data) return <StatusSkeletons />
  if (count === 0)
    return (
      <Empty icon={SearchX} title={say('search.nothing', { q })}>
        <p>{say(isSignedIn ? 'search.hint' : 'search.hint_visitor')}</p>
      </Empty>
    )
  return (
    <>
      <Section title={say('search.people')} isEmpty={data.accounts.length === 0}>
        {data.accounts.map((id) => (
          <AccountRow key={id} id={id} />
        ))}
      </Section>
      <Section title={say('search.hashtags')} isEmpty={data.hashtags.length === 0}>
        {data.hashtags.map((tag) => (
          <TagRow key={tag.name} tag={tag} />
        ))}
      </Section>
      <Section title={say('collections.title')} isEmpty={data.collections.length === 0}>
        {data.collections.map((collection) => (
          <CollectionCard key={collection.id} collection={collection} />
        ))}
      </Section>
      <Section title={say('search.posts')} isEmpty={data.statuses.length === 0}>
        {data.statuses.map((id) => (
          <StatusItem key={id} id={id} context="public" />
        ))}
      </Section>
    </>
  )
}

function Section({ title, isEmpty, children }: { title: string; isEmpty: boolean; children: ReactNode }) {
  if (isEmpty) return null
  return (
    <section className="search-section">
      <h2>{title}</h2>
      {children}
    </section>
  )
}

/** Whoever pastes an address or a full handle means the one thing behind it. */
function useFollowAddress(q: string, found: SearchResult | undefined): void {
  useEffect(() => {
    if (!found || !/^https?:\/\/\S+$/.test(q)) return
    const status = found.statuses.length === 1 ? statuses.get(found.statuses[0] ?? '') : undefined
    const account = found.accounts.length === 1 ? accounts.get(found.accounts[0] ?? '') : undefined
    const [collection] = found.collections
    if (collection) goTo(`/collections/${collection.id}`, { replace: true })
    else if (status) goTo(statusPath(status), { replace: true })
    else if (account) goTo(`/@${account.acct}`, { replace: true })
  }, [q, found])
}
