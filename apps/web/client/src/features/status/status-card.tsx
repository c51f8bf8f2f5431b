import type { FilterContext, Status } from '@anancus/core/entities/types'
import { type MouseEvent, useId, useRef } from 'react'
import { AppLink } from '../../components/app-link.tsx'
import { Avatar } from '../../components/avatar.tsx'
import { useAccount } from '../../state/entities.ts'
import { goTo } from '../../state/navigation.ts'
import { setOpened, useOpened } from '../../state/opened.ts'
import { initialState } from '../../state/session.ts'
import { Actions } from './actions.tsx'
import { StatusBody } from './body.tsx'
import { Byline } from './byline.tsx'
import { FocusedFoot } from './focused-foot.tsx'
import { statusPath } from './paths.ts'
import { ReplyLine } from './reply-line.tsx'
import { StatusReactions } from './status-reactions.tsx'
import { useFocusedActs } from './use-focused-acts.ts'

interface Props {
  status: Status
  context?: FilterContext
  inThread?: boolean
  /** The one a thread is about: larger, and told in full. */
  focused?: boolean
}

export function StatusCard({ status, inThread, focused }: Props) {
  const author = useAccount(status.account.id) ?? status.account
  const isOpen = useOpened(status.id) ?? initialState.meta.expand_spoilers
  const setOpen = (open: boolean) => setOpened(status.id, open)
  const article = useRef<HTMLElement>(null)
  const nameId = useId()
  useFocusedActs(article, status, () => setOpen(!isOpen))
  const open = (event: MouseEvent<HTMLElement>) => {
    if (!focused && isPlainClick(event)) goTo(statusPath(status))
  }
  return (
    // A press anywhere opens the post; the keyboard has Enter, and the date is a link. Items of a feed take the focus:
    // https://www.w3.org/WAI/ARIA/apg/patterns/feed/
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-noninteractive-element-interactions
    <article
      ref={article}
      className={`status ${focused ? 'status-focused' : ''}`}
      data-item
      data-status={status.id}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      aria-labelledby={nameId}
      onClick={open}
    >
      <AppLink to={`/@${author.acct}`} className="status-avatar" tabIndex={-1} aria-hidden="true">
        <Avatar account={author} />
      </AppLink>
      <Byline id={nameId} status={status} author={author} focused={focused} />
      <div className="status-main">
        {!inThread && <ReplyLine status={status} />}
        <StatusBody status={status} isOpen={isOpen} onToggle={setOpen} focused={focused} />
        <StatusReactions status={status} focused={focused} />
        {focused && <FocusedFoot status={status} />}
        <Actions status={status} />
      </div>
    </article>
  )
}

/** Not on anything that acts by itself, and not the end of marking some text. */
function isPlainClick(event: MouseEvent<HTMLElement>): boolean {
  if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey) return false
  const target = event.target as HTMLElement
  if (!event.currentTarget.contains(target)) return false
  if (target.closest('a, button, video, audio, input, label, summary, [role="menu"], dialog')) return false
  return !getSelection()?.toString()
}
