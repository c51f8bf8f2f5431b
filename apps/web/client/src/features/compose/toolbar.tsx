import { ImagePlus, TriangleAlert } from 'lucide-react'
import { type ReactNode, useRef } from 'react'
import { IconButton } from '../../components/button.tsx'
import { useText } from '../../i18n/text.tsx'
import type { Draft } from './draft.ts'
import { LanguageSelect } from './language-select.tsx'

interface Props {
  draft: Draft
  patch(change: Partial<Draft>): void
  onFiles(files: Iterable<File>): void
  maxMedia: number
  accept: string
  children: ReactNode
}

export function Toolbar({ draft, patch, onFiles, maxMedia, accept, children }: Props) {
  const say = useText()
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      {draft.media.length > 0 && !draft.isWarned && (
        <label className="check">
          <input
            type="checkbox"
            checked={draft.isSensitive}
            onChange={(event) => patch({ isSensitive: event.target.checked })}
          />
          {say('compose.sensitive')}
        </label>
      )}
      <div className="toolbar">
        <IconButton
          icon={ImagePlus}
          label={say('compose.add_media')}
          disabled={draft.media.length >= maxMedia}
          onClick={() => input.current?.click()}
        />
        <input
          ref={input}
          type="file"
          hidden
          multiple
          accept={accept}
          onChange={(event) => {
            onFiles([...(event.target.files ?? [])])
            event.target.value = ''
          }}
        />
        <IconButton
          icon={TriangleAlert}
          label={say('compose.warn')}
          aria-pressed={draft.isWarned}
          onClick={() => patch({ isWarned: !draft.isWarned })}
        />
        <LanguageSelect value={draft.language} onChange={(language) => patch({ language })} />
        <span className="toolbar-end">{children}</span>
      </div>
    </>
  )
}
