import { ArrowLeft } from 'lucide-react'
import { type ReactNode, useEffect, useRef } from 'react'
import { useText } from '../i18n/text.tsx'
import { cameBack, goBack } from '../state/navigation.ts'
import { initialState } from '../state/session.ts'
import { useStore } from '../state/store.ts'
import { unreadNotifications } from '../state/unread.ts'
import { IconButton } from './button.tsx'
import './column.css'

interface Props {
  title: string
  /** Shown under the title. */
  subtitle?: ReactNode
  back?: boolean
  actions?: ReactNode
  children: ReactNode
}

/** One screen: its heading, which takes the focus after a navigation, and what is below. */
export function Column({ title, subtitle, back, actions, children }: Props) {
  const say = useText()
  const heading = useRef<HTMLHeadingElement>(null)
  useDocumentTitle(title)
  useEffect(() => {
    if (!cameBack()) heading.current?.focus({ preventScroll: true })
  }, [])
  return (
    <>
      <header className="column-head">
        {back && (
          <IconButton icon={ArrowLeft} label={say('column.back')} onClick={goBack} className="column-back" />
        )}
        <div className="column-title">
          <h1 ref={heading} tabIndex={-1}>
            {title}
          </h1>
          {subtitle && <div className="column-subtitle">{subtitle}</div>}
        </div>
        {actions}
      </header>
      {children}
    </>
  )
}

function useDocumentTitle(title: string): void {
  const unread = useStore(unreadNotifications)
  useEffect(() => {
    document.title = `${unread > 0 ? `(${unread > 99 ? '99+' : unread}) ` : ''}${title} – ${initialState.meta.title}`
  }, [title, unread])
}
