import type { Tag } from '@anancus/core/entities/types'
import { Hash } from 'lucide-react'
import { AppLink } from '../../components/app-link.tsx'
import { useText } from '../../i18n/text.tsx'

export function TagRow({ tag }: { tag: Tag }) {
  const say = useText()
  const people = tag.history.slice(0, 2).reduce((sum, day) => sum + Number(day.accounts), 0)
  return (
    <AppLink className="tag-row" to={`/tags/${encodeURIComponent(tag.name)}`}>
      <span className="tag-icon">
        <Hash size={20} aria-hidden="true" />
      </span>
      <span>
        <strong>#{tag.name}</strong>
        <small>{say('hashtag.people', { count: people })}</small>
      </span>
    </AppLink>
  )
}
