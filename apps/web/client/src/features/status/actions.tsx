import type { Status } from '@anancus/core/entities/types'
import { Bookmark, Ellipsis, type LucideIcon, MessageCircle, Repeat2, Star } from 'lucide-react'
import { useIntl } from 'react-intl'
import { Menu } from '../../components/menu.tsx'
import { useText } from '../../i18n/text.tsx'
import { openComposer, openOverlay } from '../../state/overlays.ts'
import { isMe, isSignedIn } from '../../state/session.ts'
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
      <ToggleButton
        status={status}
        toggle="reblog"
        icon={Repeat2}
        count={status.reblogs_count}
        disabled={!mayReblog(status)}
      />
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

/** Followers-only posts travel no further, except by their author; direct ones never. */
export function mayReblog(status: Status): boolean {
  if (status.visibility === 'public' || status.visibility === 'unlisted') return true
  return status.visibility === 'private' && isMe(status.account)
}

interface ToggleProps {
  status: Status
  toggle: Toggle
  icon: LucideIcon
  count?: number
  disabled?: boolean
}

function ToggleButton({ status, toggle, icon: Icon, count = 0, disabled }: ToggleProps) {
  const say = useText()
  const press = useToggle(status)
  const on = isOn(status, toggle)
  const label = say(disabled ? 'status.no_reblog' : `status.${toggle}.do`)
  return (
    <button
      type="button"
      className={`action action-${toggle}`}
      title={label}
      aria-label={labelled(label, count)}
      aria-pressed={on}
      disabled={disabled}
      onClick={() => press(toggle)}
    >
      <Icon
        size={19}
        fill={on && toggle !== 'reblog' ? 'currentColor' : 'none'}
        strokeWidth={on ? 2.4 : 2}
        aria-hidden="true"
      />
      <Count value={count} />
    </button>
  )
}

function Count({ value }: { value: number }) {
  const { formatNumber } = useIntl()
  if (value === 0) return null
  return (
    <span className="count" aria-hidden="true">
      {formatNumber(value, { notation: 'compact', maximumFractionDigits: 1 })}
    </span>
  )
}

function labelled(label: string, count: number): string {
  return count > 0 ? `${label} (${count})` : label
}
