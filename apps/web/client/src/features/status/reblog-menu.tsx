import type { Status } from '@anancus/core/entities/types'
import { Quote, Repeat2 } from 'lucide-react'
import { Menu, type MenuItem } from '../../components/menu.tsx'
import { type Say, useText } from '../../i18n/text.tsx'
import { openComposer, openOverlay } from '../../state/overlays.ts'
import { isMe, isSignedIn } from '../../state/session.ts'
import { Count, labelled } from './count.tsx'
import { isOn } from './toggle.ts'
import { toggleStatus } from './use-toggle.ts'

/** Spreads a post: as it is, or with words of one's own. */
export function ReblogMenu({ status }: { status: Status }) {
  const say = useText()
  const on = isOn(status, 'reblog')
  const label = labelled(say(on ? 'status.reblog.is_on' : 'status.reblog.do'), status.reblogs_count)
  return (
    <Menu label={label} items={() => itemsFor(say, status, on)} isOn={on} className="action action-reblog">
      <Repeat2 size={19} strokeWidth={on ? 2.4 : 2} aria-hidden="true" />
      <Count value={status.reblogs_count} />
    </Menu>
  )
}

function itemsFor(say: Say, status: Status, on: boolean): MenuItem[] {
  const isReblogable = mayReblog(status)
  const isQuotable = mayQuote(status)
  const isAsked = status.quote_approval.current_user !== 'automatic'
  return [
    {
      label: say(on ? 'status.reblog.undo' : 'status.reblog.do'),
      icon: Repeat2,
      ...(isReblogable ? {} : { hint: say('status.no_reblog'), disabled: true }),
      onSelect: () => void toggleStatus(say, status.id, 'reblog'),
    },
    {
      label: say('status.quote'),
      icon: Quote,
      ...(isQuotable ? {} : { hint: say('status.no_quote'), disabled: true }),
      ...(isQuotable && isAsked ? { hint: say('status.quote_asks') } : {}),
      onSelect: () => quoteStatus(status),
    },
  ]
}

/** Followers-only posts travel no further, except by their author; direct ones never. */
export function mayReblog(status: Status): boolean {
  if (status.visibility === 'public' || status.visibility === 'unlisted') return true
  return status.visibility === 'private' && isMe(status.account)
}

/** A visitor is asked to sign in, and learns then what the author wants. */
export function mayQuote(status: Status): boolean {
  return isSignedIn ? status.quote_approval.current_user !== 'denied' : mayReblog(status)
}

/** Opens the composer over a post, for words about it. */
export function quoteStatus(status: Status): void {
  if (!isSignedIn) openOverlay({ type: 'sign-in' })
  else if (mayQuote(status)) openComposer({ kind: 'quote', statusId: status.id })
}
