import type { MediaAttachment } from '@anancus/core/entities/types'
import { Paperclip } from 'lucide-react'
import { safeUrl } from '../../../components/safe-url.ts'
import { useText } from '../../../i18n/text.tsx'
import { fileNameOf } from './file-name.ts'

/** Files of kinds this server does not show; their own server has them. */
export function AttachmentLinks({ media, lang }: { media: readonly MediaAttachment[]; lang: string | null }) {
  const say = useText()
  return (
    <ul className="attachment-links" aria-label={say('media.files')}>
      {media.map((one) => (
        <li key={one.id}>
          <Paperclip size={16} aria-hidden="true" />
          <span>
            <a href={safeUrl(one.remote_url ?? one.url)} target="_blank" rel="nofollow noopener">
              {fileNameOf(one.remote_url ?? one.url) ?? say('media.unknown')}
            </a>
            {one.description && (
              <small dir="auto" lang={lang ?? undefined}>
                {one.description}
              </small>
            )}
          </span>
        </li>
      ))}
    </ul>
  )
}
