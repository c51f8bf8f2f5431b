import type { MediaAttachment, Status } from '@anancus/core/entities/types'
import { Eye, EyeOff } from 'lucide-react'
import { useState } from 'react'
import { Blurhash } from '../../../components/blurhash/blurhash.tsx'
import { IconButton } from '../../../components/button.tsx'
import { useText } from '../../../i18n/text.tsx'
import { openOverlay } from '../../../state/overlays.ts'
import { initialState, isMe } from '../../../state/session.ts'
import { AttachmentLinks } from './attachment-links.tsx'
import { MediaTile } from './media-tile.tsx'
import { shapeOf } from './shape.ts'
import './gallery.css'

type GalleryStatus = Pick<Status, 'media_attachments' | 'sensitive' | 'language' | 'account' | 'spoiler_text'>

/** What a post has besides words: what can be shown, then links to what cannot. */
export function MediaGallery({ status }: { status: GalleryStatus }) {
  const shown = status.media_attachments.filter((one) => one.type !== 'unknown')
  const others = status.media_attachments.filter((one) => one.type === 'unknown')
  return (
    <>
      {shown.length > 0 && <Shown status={status} media={shown} />}
      {others.length > 0 && <AttachmentLinks media={others} lang={status.language} />}
    </>
  )
}

/** Pictures, films and sounds, covered where they are marked as sensitive. */
function Shown({ status, media }: { status: GalleryStatus; media: readonly MediaAttachment[] }) {
  const say = useText()
  const [isShown, show] = useState(!startsCovered(status))
  const open = (index: number) => openOverlay({ type: 'lightbox', media, index, lang: status.language })
  return (
    <div className={`gallery gallery-${Math.min(media.length, 4)}`} style={{ aspectRatio: shapeOf(media) }}>
      {isShown ? (
        <>
          {media.slice(0, 4).map((one, at) => (
            <MediaTile
              key={one.id}
              media={one}
              more={at === 3 ? media.length - 4 : 0}
              lang={status.language}
              artwork={status.account.avatar_static}
              onOpen={() => open(at)}
            />
          ))}
          <IconButton
            icon={EyeOff}
            size={16}
            className="gallery-hide"
            label={say('media.hide')}
            onClick={() => show(false)}
          />
        </>
      ) : (
        <Cover media={media} sensitive={status.sensitive} onShow={() => show(true)} />
      )}
    </div>
  )
}

/** A content warning already stood before it; to cover the pictures once more would be one click too many. */
function startsCovered(status: GalleryStatus): boolean {
  const { display_media: wish } = initialState.meta
  if (wish === 'hide_all') return true
  if (wish === 'show_all' || isMe(status.account)) return false
  return status.sensitive && status.spoiler_text === ''
}

function Cover({
  media,
  sensitive,
  onShow,
}: {
  media: readonly MediaAttachment[]
  sensitive: boolean
  onShow(): void
}) {
  const say = useText()
  return (
    <button type="button" className="cover" onClick={onShow}>
      {media.slice(0, 4).map((one) => (
        <span key={one.id} className="tile">
          {one.blurhash && <Blurhash hash={one.blurhash} />}
        </span>
      ))}
      <span className="cover-words">
        <Eye size={18} aria-hidden="true" />
        <span>
          {say(sensitive ? 'media.sensitive' : 'media.hidden')}
          <small>{say('media.show')}</small>
        </span>
      </span>
    </button>
  )
}
