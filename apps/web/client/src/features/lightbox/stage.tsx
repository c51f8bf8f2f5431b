import type { MediaAttachment } from '@anancus/core/entities/types'
import type { MouseEvent } from 'react'
import { safeUrl } from '../../components/safe-url.ts'
import { useText } from '../../i18n/text.tsx'
import { AudioPlayer } from '../status/media/audio-player.tsx'
import { shapeOf } from '../status/media/shape.ts'
import { VideoPlayer } from '../status/media/video-player.tsx'

interface Props {
  media: MediaAttachment
  lang: string | null
  isZoomed: boolean
  onZoom(zoomed: boolean): void
  onLeave(): void
}

// The API has no captions; what it has, the description, is shown below.
/* oxlint-disable jsx-a11y/media-has-caption */

export function Stage({ media, lang, isZoomed, onZoom, onLeave }: Props) {
  const leaveBeside = (event: MouseEvent) => event.target === event.currentTarget && onLeave()
  return (
    // The keyboard has Esc.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-static-element-interactions
    <div className={`stage ${isZoomed ? 'is-zoomed' : ''}`} onClick={leaveBeside}>
      <Shown media={media} lang={lang} onClick={() => onZoom(!isZoomed)} />
    </div>
  )
}

function Shown({ media, lang, onClick }: { media: MediaAttachment; lang: string | null; onClick(): void }) {
  const say = useText()
  const url = media.url ?? media.remote_url ?? undefined
  const { width, height } = media.meta?.original ?? {}
  const words = { title: media.description ?? undefined, lang: lang ?? undefined }
  switch (media.type) {
    case 'image':
      return (
        // The keyboard has `z`, and there is a button.
        // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-noninteractive-element-interactions
        <img
          src={url}
          alt={media.description ?? ''}
          lang={lang ?? undefined}
          width={width}
          height={height}
          style={
            media.preview_url ? { backgroundImage: `url("${encodeURI(media.preview_url)}")` } : undefined
          }
          draggable={false}
          onClick={onClick}
        />
      )
    case 'gifv':
      return <video src={url} autoPlay loop muted playsInline {...words} />
    case 'video':
      return (
        <div className="stage-film" style={{ aspectRatio: shapeOf([media]) }}>
          <VideoPlayer media={media} lang={lang} autoPlay />
        </div>
      )
    case 'audio':
      return (
        <div className="stage-sound">
          <AudioPlayer media={media} lang={lang} autoPlay />
        </div>
      )
    case 'unknown':
      return (
        <a className="button" href={safeUrl(url)} target="_blank" rel="nofollow noopener">
          {say('media.unknown')}
        </a>
      )
  }
}
