import type { Status } from '@anancus/core/entities/types'
import { Bookmark, Ellipsis, type LucideIcon, MessageCircle, Star } from 'lucide-react'
import { Menu } from '../../components/menu.tsx'
import { useText } from '../../i18n/text.tsx'
import { openComposer, openOverlay } from '../../state/overlays.ts'
import { isSignedIn } from '../../state/session.ts'
import { Count, labelled } from './count.tsx'
import { ReblogMenu } from './reblog-menu.tsx'
import { isOn, type Toggle } from './toggle.ts'
import { useStatusMenu } from './use-status-menu.ts'
import { useToggle } from './use-toggle.ts'

/** What one can do with a post: a row of four, and the rest in a menu. */
export function Actions({ status }: { status: Status }) {
  const say = useText()
  const items = useStatusMenu(status)
  return (
    <div className="actions">
      <button
        type="button"
        className="action"
        title={say('status.reply')}
        aria-label={labelled(say('status.reply'), status.replies_count)}
        onClick={() => reply(status)}
      >
        <MessageCircle size={19} aria-hidden="true" />
        <Count value={status.replies_count} />
      </button>
      <ReblogMenu status={status} />
      <ToggleButton status={status} toggle="favourite" icon={Star} count={status.favourites_count} />
      <ToggleButton status={status} toggle="bookmark" icon={Bookmark} />
      <Menu label={say('status.more')} items={items} className="action">
        <Ellipsis size={19} aria-hidden="true" />
      </Menu>
    </div>
  )
}

export function reply(status: Status): void {
  if (isSignedIn) openComposer({ kind: 'reply', statusId: status.id })
  else openOverlay({ type: 'sign-in' })
}

interface ToggleProps {
  status: Status
  toggle: Exclude<Toggle, 'reblog'>
  icon: LucideIcon
  count?: number
}

function ToggleButton({ status, toggle, icon: Icon, count = 0 }: ToggleProps) {
  const say = useText()
  const press = useToggle(status)
  const on = isOn(status, toggle)
  const label = say(`status.${toggle}.do`)
  return (
    <button
      type="button"
      className={`action action-${toggle}`}
      title={label}
      aria-label={labelled(label, count)}
      aria-pressed={on}
      onClick={() => press(toggle)}
    >
      <Icon size={19} fill={on ? 'currentColor' : 'none'} strokeWidth={on ? 2.4 : 2} aria-hidden="true" />
      <Count value={count} />
    </button>
  )
}
