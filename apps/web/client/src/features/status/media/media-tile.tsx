import type { MediaAttachment } from '@anancus/core/entities/types'
import { FileQuestion } from 'lucide-react'
import { useState } from 'react'
import { Blurhash } from '../../../components/blurhash/blurhash.tsx'
import { safeUrl } from '../../../components/safe-url.ts'
import { useText } from '../../../i18n/text.tsx'
import { animatesPictures } from '../../../state/preferences.ts'
import { AltBadge } from './alt-badge.tsx'
import { focusPosition } from './shape.ts'

interface Props {
  media: MediaAttachment
  /** How many more there are than shown. */
  more: number
  lang: string | null
  onOpen(): void
}

// The API has no captions; what it has, the description, is behind the badge.
/* oxlint-disable jsx-a11y/media-has-caption */

export function MediaTile({ media, more, lang, onOpen }: Props) {
  return (
    <div className="tile">
      {media.blurhash && <Blurhash hash={media.blurhash} />}
      <Content media={media} lang={lang} onOpen={onOpen} />
      {media.description && <AltBadge text={media.description} lang={lang} />}
      {more > 0 && (
        <span className="tile-more" aria-hidden="true">
          +{more}
        </span>
      )}
    </div>
  )
}

function Content({ media, lang, onOpen }: Omit<Props, 'more'>) {
  const say = useText()
  const words = { title: media.description ?? undefined, lang: lang ?? undefined }
  switch (media.type) {
    case 'image':
      return (
        <button type="button" className="tile-open" aria-label={say('media.open')} onClick={onOpen}>
          <Picture media={media} lang={lang} />
        </button>
      )
    case 'gifv':
      return (
        <button type="button" className="tile-open" aria-label={say('media.open')} onClick={onOpen}>
          <video
            src={media.url ?? undefined}
            poster={media.preview_url ?? undefined}
            autoPlay={animatesPictures()}
            loop
            muted
            playsInline
            {...words}
          />
          <span className="tile-kind">GIF</span>
        </button>
      )
    case 'video':
      return (
        <video
          src={media.url ?? undefined}
          poster={media.preview_url ?? undefined}
          controls
          preload="none"
          playsInline
          {...words}
        />
      )
    case 'audio':
      return <audio src={media.url ?? undefined} controls preload="none" {...words} />
    case 'unknown':
      return <Unknown media={media} />
  }
}

function Picture({ media, lang }: { media: MediaAttachment; lang: string | null }) {
  const [isThere, setThere] = useState(false)
  return (
    <img
      className={isThere ? 'is-there' : ''}
      src={media.preview_url ?? media.url ?? undefined}
      alt={media.description ?? ''}
      lang={lang ?? undefined}
      style={{ objectPosition: focusPosition(media) }}
      loading="lazy"
      decoding="async"
      onLoad={() => setThere(true)}
    />
  )
}

/** A kind of file this server does not show; its own server has it. */
function Unknown({ media }: { media: MediaAttachment }) {
  const say = useText()
  const href = safeUrl(media.remote_url ?? media.url)
  return (
    <a className="tile-unknown" href={href} target="_blank" rel="nofollow noopener">
      <FileQuestion size={22} aria-hidden="true" />
      {media.description ?? say('media.unknown')}
    </a>
  )
}
