import { Feather, LogIn, Menu as MenuIcon } from 'lucide-react'
import { useText } from '../../i18n/text.tsx'
import { openComposer, openOverlay } from '../../state/overlays.ts'
import { isSignedIn } from '../../state/session.ts'
import { type Entry, HOME, mainEntries, NOTIFICATIONS, SEARCH } from './entries.ts'
import { EntryLink } from './entry-link.tsx'

/** The navigation of a phone. */
export function BottomBar({ path }: { path: string }) {
  const say = useText()
  const link = (entry: Entry) => (
    <EntryLink key={entry.to} entry={entry} path={path} className="bottom-link" iconSize={24} />
  )
  return (
    <nav className="bottom-bar" aria-label={say('nav.label')}>
      {isSignedIn ? (
        <>
          {link(HOME)}
          {link(SEARCH)}
          <button
            type="button"
            className="bottom-compose"
            aria-label={say('nav.new_post')}
            onClick={() => openComposer()}
          >
            <Feather size={22} aria-hidden="true" />
          </button>
          {link(NOTIFICATIONS)}
          <button type="button" className="bottom-link" onClick={() => openOverlay({ type: 'navigation' })}>
            <span className="nav-icon">
              <MenuIcon size={24} strokeWidth={1.9} aria-hidden="true" />
            </span>
            <span className="nav-label">{say('nav.menu')}</span>
          </button>
        </>
      ) : (
        <>
          {mainEntries().map(link)}
          <a className="bottom-link" href="/auth/sign_in">
            <span className="nav-icon">
              <LogIn size={24} strokeWidth={1.9} aria-hidden="true" />
            </span>
            <span className="nav-label">{say('visitor.sign_in')}</span>
          </a>
        </>
      )}
    </nav>
  )
}
