import type { Visibility } from '@anancus/core/entities/types'
import { AtSign, Earth, Lock, type LucideIcon, Moon } from 'lucide-react'
import { type MessageId, useText } from '../../i18n/text.tsx'

export const VISIBILITIES: Record<Visibility, { icon: LucideIcon; label: MessageId; hint: MessageId }> = {
  public: { icon: Earth, label: 'visibility.public', hint: 'visibility.public_hint' },
  unlisted: { icon: Moon, label: 'visibility.unlisted', hint: 'visibility.unlisted_hint' },
  private: { icon: Lock, label: 'visibility.private', hint: 'visibility.private_hint' },
  direct: { icon: AtSign, label: 'visibility.direct', hint: 'visibility.direct_hint' },
}

/** Nothing for what everybody may read: that is the common case. */
export function VisibilityIcon({ visibility }: { visibility: Visibility }) {
  const say = useText()
  if (visibility === 'public') return null
  const { icon: Icon, label } = VISIBILITIES[visibility]
  return (
    <span title={say(label)}>
      <Icon size={14} aria-hidden="true" />
      <span className="unseen">{say(label)}</span>
    </span>
  )
}
