import { Dialog } from '../../components/dialog.tsx'
import { useText } from '../../i18n/text.tsx'
import { BOOKMARKS, FAVOURITES, PUBLIC, profileEntry } from './entries.ts'
import { EntryLink } from './entry-link.tsx'
import { useMoreItems } from './more-items.ts'
import './sheet.css'

/** Everything the bottom bar has no room for. */
export function NavigationSheet({ onClose }: { onClose(): void }) {
  const say = useText()
  const items = useMoreItems()()
  return (
    <Dialog title={say('nav.menu')} onClose={onClose} className="sheet">
      <nav className="sheet-nav" aria-label={say('nav.menu')}>
        {[profileEntry(), PUBLIC, BOOKMARKS, FAVOURITES].map((entry) => (
          <EntryLink
            key={entry.to}
            entry={entry}
            path={location.pathname}
            className="sheet-link"
            onFollow={onClose}
          />
        ))}
        {items.map((item, at) => {
          if (item === 'line') return <hr key={at} className="menu-line" />
          const Icon = item.icon
          const face = (
            <>
              <span className="nav-icon">
                {Icon && <Icon size={22} strokeWidth={1.9} aria-hidden="true" />}
              </span>
              {item.label}
            </>
          )
          if ('href' in item)
            return (
              <a key={at} className="sheet-link" href={item.href}>
                {face}
              </a>
            )
          return (
            <button
              key={at}
              type="button"
              className="sheet-link"
              onClick={() => {
                onClose()
                item.onSelect()
              }}
            >
              {face}
            </button>
          )
        })}
      </nav>
    </Dialog>
  )
}
