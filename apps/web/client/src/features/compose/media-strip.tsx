import { useState } from 'react'
import { Describe } from './describe.tsx'
import type { DraftMedia } from './draft.ts'
import { MediaPiece } from './media-piece.tsx'
import type { useUploads } from './use-uploads.ts'

interface Props {
  media: readonly DraftMedia[]
  uploads: ReturnType<typeof useUploads>
}

/** The pictures, films and sounds of a draft: on their way, or there to be described and put in order. */
export function MediaStrip({ media, uploads }: Props) {
  const [described, describe] = useState<string | null>(null)
  const [dragged, drag] = useState<number | null>(null)
  const open = media.find((one) => one.key === described)
  if (media.length === 0) return null
  return (
    <>
      <ul className="strip">
        {media.map((one, at) => (
          <MediaPiece
            key={one.key}
            one={one}
            isFirst={at === 0}
            isLast={at === media.length - 1}
            isDragged={dragged === at}
            onDrag={(isHeld) => drag(isHeld ? at : null)}
            onOver={() => {
              if (dragged === null || dragged === at) return
              uploads.move(dragged, at)
              drag(at)
            }}
            onMove={(step) => uploads.move(at, at + step)}
            onRemove={() => uploads.remove(one.key)}
            onRetry={() => uploads.retry(one.key)}
            onDescribe={() => describe(one.key)}
          />
        ))}
      </ul>
      {open && (
        <Describe
          one={open}
          onSave={(fields) => uploads.change(open.key, fields)}
          onClose={() => describe(null)}
        />
      )}
    </>
  )
}
