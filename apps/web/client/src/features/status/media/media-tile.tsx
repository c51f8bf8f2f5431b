import type { MediaAttachment } from '@anancus/core/entities/types'
import { useState } from 'react'
import { Blurhash } from '../../../components/blurhash/blurhash.tsx'
import { useText } from '../../../i18n/text.tsx'
import { animatesPictures } from '../../../state/preferences.ts'
import { AltBadge } from './alt-badge.tsx'
import { AttachmentLinks } from './attachment-links.tsx'
import { AudioPlayer } from './audio-player.tsx'
import { Away } from './away.tsx'
import { focusPosition } from './shape.ts'
import { VideoPlayer } from './video-player.tsx'

interface Props {
  media: MediaAttachment
  /** How many more there are than shown. */
  more: number
  lang: string | null
  /** Shown with a sound that has no picture. */
  artwork?: string
  onOpen(): void
}

// The API has no captions; what it has, the description, is behind the badge.
/* oxlint-disable jsx-a11y/media-has-caption */

export function MediaTile({ media, more, ...rest }: Props) {
  const { lang } = rest
  return (
    <div className="tile">
      {media.blurhash && <Blurhash hash={media.blurhash} />}
      <Content media={media} {...rest} />
      {media.description && media.type !== 'audio' && <AltBadge text={media.description} lang={lang} />}
      {more > 0 && (
        <span className="tile-more" aria-hidden="true">
          +{more}
        </span>
      )}
    </div>
  )
}

function Content({ media, lang, artwork, onOpen }: Omit<Props, 'more'>) {
  const say = useText()
  const [isAway, setAway] = useState(false)
  const words = { title: media.description ?? undefined, lang: lang ?? undefined }
  switch (media.type) {
    case 'image':
      return isAway ? (
        <Away media={media} />
      ) : (
        <button type="button" className="tile-open" aria-label={say('media.open')} onClick={onOpen}>
          <Picture media={media} lang={lang} onAway={() => setAway(true)} />
        </button>
      )
    case 'gifv':
      return isAway || !media.url ? (
        <Away media={media} />
      ) : (
        <button type="button" className="tile-open" aria-label={say('media.open')} onClick={onOpen}>
          <video
            src={media.url}
            poster={media.preview_url ?? undefined}
            autoPlay={animatesPictures()}
            loop
            muted
            playsInline
            onError={() => setAway(true)}
            {...words}
          />
          <span className="tile-kind">GIF</span>
        </button>
      )
    case 'video':
      return <VideoPlayer media={media} lang={lang} />
    case 'audio':
      return <AudioPlayer media={media} lang={lang} artwork={artwork} />
    case 'unknown':
      return <AttachmentLinks media={[media]} lang={lang} />
  }
}

interface PictureProps {
  media: MediaAttachment
  lang: string | null
  onAway(): void
}

function Picture({ media, lang, onAway }: PictureProps) {
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
      onError={onAway}
    />
  )
}
