import type { MouseEvent } from 'react'
import { AppLink } from '../../components/app-link.tsx'
import { useText } from '../../i18n/text.tsx'
import { useStore } from '../../state/store.ts'
import { unreadNotifications } from '../../state/unread.ts'
import { type Entry, isCurrent } from './entries.ts'

interface Props {
  entry: Entry
  path: string
  className: string
  iconSize?: number
  onFollow?(): void
}

export function EntryLink({ entry, path, className, iconSize = 22, onFollow }: Props) {
  const say = useText()
  const unread = useStore(unreadNotifications)
  const count = entry.badge ? unread : 0
  const current = isCurrent(entry, path)
  const Icon = entry.icon
  const follow = (event: MouseEvent) => {
    onFollow?.()
    // The place one is at: its link leads to its top.
    if (path !== entry.to || event.ctrlKey || event.metaKey) return
    event.preventDefault()
    scrollTo({ top: 0, behavior: 'smooth' })
    dispatchEvent(new Event('anancus:top'))
  }
  return (
    <AppLink
      to={entry.to}
      className={className}
      title={say(entry.label)}
      aria-current={current ? 'page' : undefined}
      onClick={follow}
    >
      <span className="nav-icon">
        <Icon size={iconSize} strokeWidth={current ? 2.4 : 1.9} aria-hidden="true" />
        {count > 0 && (
          <span className="badge" aria-hidden="true">
            {count > 99 ? '99+' : count}
          </span>
        )}
      </span>
      <span className="nav-label">{say(entry.label)}</span>
      {count > 0 && <span className="unseen">{say('nav.unread', { count })}</span>}
    </AppLink>
  )
}
