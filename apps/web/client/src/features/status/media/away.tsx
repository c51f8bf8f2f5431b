import type { MediaAttachment } from '@anancus/core/entities/types'
import { CloudOff } from 'lucide-react'
import { safeUrl } from '../../../components/safe-url.ts'
import { useText } from '../../../i18n/text.tsx'

/** Stands for a file that is not here (yet) or cannot be shown, and leads to where it is. */
export function Away({ media }: { media: MediaAttachment }) {
  const say = useText()
  const href = safeUrl(media.remote_url) ?? safeUrl(media.url)
  return (
    <span className="tile-away">
      <CloudOff size={22} aria-hidden="true" />
      <span>{say('media.away')}</span>
      {media.description && <span dir="auto">{media.description}</span>}
      {href && (
        <a href={href} target="_blank" rel="nofollow noopener">
          {say(media.remote_url ? 'media.unknown' : 'media.open_file')}
        </a>
      )}
    </span>
  )
}
