import { CloudOff, type LucideIcon, RotateCw } from 'lucide-react'
import type { ReactNode } from 'react'
import { useText } from '../i18n/text.tsx'
import { Button } from './button.tsx'
import { errorWords } from './error-words.ts'
import './states.css'

/** What stands where nothing is yet. */
export function Empty({
  icon: Icon,
  title,
  children,
}: {
  icon: LucideIcon
  title: string
  children?: ReactNode
}) {
  return (
    <div className="empty">
      <span className="empty-icon">
        <Icon size={28} aria-hidden="true" />
      </span>
      <p className="empty-title">{title}</p>
      {children && <div className="empty-words">{children}</div>}
    </div>
  )
}

export function Failed({ error, onRetry }: { error: unknown; onRetry?(): void }) {
  const say = useText()
  return (
    <div className="empty" role="alert">
      <span className="empty-icon">
        <CloudOff size={28} aria-hidden="true" />
      </span>
      <p className="empty-title">{errorWords(say, error)}</p>
      {onRetry && (
        <Button onClick={onRetry}>
          <RotateCw size={16} aria-hidden="true" />
          {say('error.retry')}
        </Button>
      )}
    </div>
  )
}

/** The shape of posts to come, so that nothing jumps when they do. */
export function StatusSkeletons({ count = 6 }: { count?: number }) {
  const say = useText()
  return (
    <output className="skeletons" aria-label={say('loading')}>
      {Array.from({ length: count }, (_, at) => (
        <div className="skeleton" key={at} aria-hidden="true">
          <span className="skeleton-avatar" />
          <div className="skeleton-lines">
            <span style={{ inlineSize: '38%' }} />
            <span style={{ inlineSize: '94%' }} />
            <span style={{ inlineSize: `${50 + ((at * 37) % 40)}%` }} />
          </div>
        </div>
      ))}
    </output>
  )
}

export function Spinner() {
  const say = useText()
  return <output className="spinner" aria-label={say('loading')} />
}
