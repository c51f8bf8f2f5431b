import { Clock, X } from 'lucide-react'
import { AppLink } from '../../components/app-link.tsx'
import { IconButton } from '../../components/button.tsx'
import { useText } from '../../i18n/text.tsx'
import { preferences, savePreferences } from '../../state/preferences.ts'
import { useStore } from '../../state/store.ts'

const KEPT = 6

export function remember(q: string): void {
  const others = preferences.get().recentSearches.filter((one) => one !== q)
  savePreferences({ recentSearches: [q, ...others].slice(0, KEPT) })
}

function forget(q: string): void {
  savePreferences({ recentSearches: preferences.get().recentSearches.filter((one) => one !== q) })
}

/** What was looked for lately in this browser. */
export function Recent() {
  const say = useText()
  const { recentSearches } = useStore(preferences)
  if (recentSearches.length === 0) return null
  return (
    <section className="search-section">
      <h2>{say('search.recent')}</h2>
      {recentSearches.map((q) => (
        <div key={q} className="recent">
          <AppLink to={`/search?q=${encodeURIComponent(q)}`}>
            <Clock size={17} aria-hidden="true" />
            <span>{q}</span>
          </AppLink>
          <IconButton icon={X} size={16} label={say('search.forget', { q })} onClick={() => forget(q)} />
        </div>
      ))}
    </section>
  )
}
