import { useQuery } from '@tanstack/react-query'
import { fetchInstance } from '../api/instance.ts'
import { AppLink } from '../components/app-link.tsx'
import { SearchBox } from '../features/search/search-box.tsx'
import { useText } from '../i18n/text.tsx'
import { initialState } from '../state/session.ts'

/** What stands beside the screen where there is room: search, and which server this is. */
export function Aside({ path }: { path: string }) {
  const say = useText()
  return (
    <aside className="aside" aria-label={say('aside.label')}>
      {path !== '/search' && <SearchBox />}
      <ServerCard />
      <footer className="aside-foot">
        <AppLink to="/about">{say('nav.about')}</AppLink>
        <AppLink to="/directory">{say('directory.title')}</AppLink>
        <AppLink to="/privacy-policy">{say('aside.privacy')}</AppLink>
        <AppLink to="/keyboard-shortcuts">{say('nav.shortcuts')}</AppLink>
        <span>Anancus {initialState.meta.version.replace(/.*Anancus ([\d.]+).*/, '$1')}</span>
      </footer>
    </aside>
  )
}

function ServerCard() {
  const say = useText()
  const { data } = useQuery({
    queryKey: ['instance'],
    queryFn: fetchInstance,
    staleTime: Number.POSITIVE_INFINITY,
  })
  return (
    <section className="server-card">
      <h2>{data?.title ?? initialState.meta.title}</h2>
      <p className="server-domain" dir="ltr">
        {initialState.meta.domain}
      </p>
      {data && <p>{data.description || say('aside.description')}</p>}
      {data && data.usage.users.active_month > 0 && (
        <p className="server-count">{say('aside.active_users', { count: data.usage.users.active_month })}</p>
      )}
    </section>
  )
}
