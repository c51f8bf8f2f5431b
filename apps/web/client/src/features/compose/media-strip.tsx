import { Pencil, X } from 'lucide-react'
import { useState } from 'react'
import { Blurhash } from '../../components/blurhash/blurhash.tsx'
import { IconButton } from '../../components/button.tsx'
import { useText } from '../../i18n/text.tsx'
import { Describe } from './describe.tsx'
import type { DraftMedia } from './draft.ts'

interface Props {
  media: readonly DraftMedia[]
  onRemove(key: string): void
  onDescribe(key: string, description: string): void
}

/** The pictures of a draft: on their way, or there to be described. */
export function MediaStrip({ media, onRemove, onDescribe }: Props) {
  const [described, describe] = useState<string | null>(null)
  const open = media.find((one) => one.key === described)
  if (media.length === 0) return null
  return (
    <>
      <ul className="strip">
        {media.map((one) => (
          <Piece
            key={one.key}
            one={one}
            onRemove={() => onRemove(one.key)}
            onDescribe={() => describe(one.key)}
          />
        ))}
      </ul>
      {open && (
        <Describe
          one={open}
          onSave={(description) => onDescribe(open.key, description)}
          onClose={() => describe(null)}
        />
      )}
    </>
  )
}

function Piece({ one, onRemove, onDescribe }: { one: DraftMedia; onRemove(): void; onDescribe(): void }) {
  const say = useText()
  const { attachment, progress, description } = one
  return (
    <li className="piece">
      {attachment?.blurhash && <Blurhash hash={attachment.blurhash} />}
      {attachment?.preview_url && <img src={attachment.preview_url} alt={description} />}
      {!attachment && (
        <span className="progress">
          <progress aria-label={say('upload.progress')} value={progress} />
          <small>{progress < 1 ? `${Math.round(progress * 100)}%` : say('upload.processing')}</small>
        </span>
      )}
      <IconButton
        icon={X}
        size={16}
        label={say('upload.remove')}
        className="piece-remove"
        onClick={onRemove}
      />
      {attachment && (
        <button type="button" className={`piece-alt ${description ? '' : 'is-missing'}`} onClick={onDescribe}>
          <Pencil size={13} aria-hidden="true" />
          {say(description ? 'upload.edit_description' : 'upload.add_description')}
        </button>
      )}
    </li>
  )
}
