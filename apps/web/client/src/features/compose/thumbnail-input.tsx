import type { MediaAttachment } from '@anancus/core/entities/types'
import { Clapperboard, ImagePlus, Music2 } from 'lucide-react'
import { useRef } from 'react'
import { Button } from '../../components/button.tsx'
import { useText } from '../../i18n/text.tsx'

interface Props {
  attachment: MediaAttachment
  isFixed: boolean
  chosen: File | undefined
  onChoose(file: File): void
}

/** The picture that stands for a film or a sound, and a way to choose another. */
export function ThumbnailInput({ attachment, isFixed, chosen, onChoose }: Props) {
  const say = useText()
  const input = useRef<HTMLInputElement>(null)
  const Kind = attachment.type === 'audio' ? Music2 : Clapperboard
  return (
    <div className="thumbnail-input">
      {attachment.preview_url ? (
        <img src={attachment.preview_url} alt="" />
      ) : (
        <span className="thumbnail-none">
          <Kind size={28} aria-hidden="true" />
        </span>
      )}
      {!isFixed && (
        <div>
          <Button onClick={() => input.current?.click()}>
            <ImagePlus size={16} aria-hidden="true" />
            {say('describe.thumbnail')}
          </Button>
          <input
            ref={input}
            type="file"
            hidden
            accept="image/*"
            onChange={(event) => {
              const file = event.target.files?.[0]
              if (file) onChoose(file)
              event.target.value = ''
            }}
          />
          {chosen && <output>{say('describe.thumbnail_chosen', { name: chosen.name })}</output>}
        </div>
      )}
    </div>
  )
}
