import { AppLink } from '../../components/app-link.tsx'
import { plainWords } from '../../components/rich-text/rich-text.tsx'
import { useText } from '../../i18n/text.tsx'
import { useStatus } from '../../state/entities.ts'
import { statusPath } from '../status/paths.ts'

/** A few words of the reader's own post, to tell which one it was. */
export function Excerpt({ id }: { id: string }) {
  const say = useText()
  const status = useStatus(id)
  if (!status) return null
  const words = status.spoiler_text || plainWords(status.content ?? '')
  return (
    <AppLink to={statusPath(status)} className="excerpt" dir="auto">
      {words || say('notification.media_only', { count: status.media_attachments.length })}
    </AppLink>
  )
}
