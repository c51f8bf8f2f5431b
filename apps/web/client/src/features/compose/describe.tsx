import { useQuery } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { fetchInstance } from '../../api/instance.ts'
import { describeMedia } from '../../api/media.ts'
import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { errorWords } from '../../components/error-words.ts'
import { useInitialFocus } from '../../components/use-initial-focus.ts'
import { type MessageId, useText } from '../../i18n/text.tsx'
import type { DraftMedia } from './draft.ts'
import { FocalPoint } from './focal-point.tsx'
import { ThumbnailInput } from './thumbnail-input.tsx'

interface Props {
  one: DraftMedia
  onSave(fields: Pick<DraftMedia, 'description' | 'focus' | 'attachment'>): void
  onClose(): void
}

const DEFAULT_LIMIT = 1_500

const WORDS: Record<'picture' | 'film' | 'sound', Record<'title' | 'label' | 'hint', MessageId>> = {
  picture: { title: 'describe.title', label: 'describe.label', hint: 'describe.hint' },
  film: { title: 'describe.title_video', label: 'describe.label', hint: 'describe.hint_video' },
  sound: { title: 'describe.title_audio', label: 'describe.label_audio', hint: 'describe.hint_audio' },
}
const KINDS = {
  image: 'picture',
  gifv: 'picture',
  unknown: 'picture',
  video: 'film',
  audio: 'sound',
} as const

/** Puts a picture into words for those who do not see it, a sound for those who do not hear it. */
export function Describe({ one, onSave, onClose }: Props) {
  const say = useText()
  const id = useId()
  const area = useInitialFocus<HTMLTextAreaElement>()
  const [words, setWords] = useState(one.description)
  const [state, setState] = useState<{ busy: boolean; error: string }>({ busy: false, error: '' })
  const { data } = useQuery({
    queryKey: ['instance'],
    queryFn: fetchInstance,
    staleTime: Number.POSITIVE_INFINITY,
  })
  const limit = data?.configuration.media_attachments.description_limit ?? DEFAULT_LIMIT
  const { attachment } = one
  const [focus, setFocus] = useState(one.focus ?? attachment?.meta?.focus)
  const [thumbnail, setThumbnail] = useState<File>()
  const kind = KINDS[attachment?.type ?? 'image']
  const save = async () => {
    if (!attachment) return
    setState({ busy: true, error: '' })
    const change = { description: words.trim(), focus }
    try {
      const changed = one.isAttached
        ? attachment
        : await describeMedia(attachment.id, { ...change, thumbnail })
      onSave({ ...change, attachment: changed })
      onClose()
    } catch (error) {
      setState({ busy: false, error: errorWords(say, error) })
    }
  }
  return (
    <Dialog title={say(WORDS[kind].title)} onClose={onClose}>
      <div className="dialog-body describe">
        {attachment?.preview_url && kind === 'picture' && (
          <FocalPoint src={attachment.preview_url} value={focus ?? { x: 0, y: 0 }} onChange={setFocus} />
        )}
        {attachment && kind !== 'picture' && (
          <ThumbnailInput
            attachment={attachment}
            // What a post has already keeps its thumbnail.
            isFixed={one.isAttached}
            chosen={thumbnail}
            onChoose={setThumbnail}
          />
        )}
        <label className="label" htmlFor={id}>
          {say(WORDS[kind].label)}
        </label>
        <textarea
          id={id}
          className="field"
          rows={5}
          dir="auto"
          ref={area}
          maxLength={limit}
          value={words}
          onChange={(event) => setWords(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
            // The composer below listens for the same keys.
            event.stopPropagation()
            void save()
          }}
        />
        <p className="describe-foot">
          <span>{say(WORDS[kind].hint)}</span>
          <span className="counter">{limit - words.length}</span>
        </p>
        {state.error && (
          <p className="compose-error" role="alert">
            {state.error}
          </p>
        )}
      </div>
      <footer className="dialog-foot">
        <Button look="quiet" onClick={onClose}>
          {say('dialog.cancel')}
        </Button>
        <Button look="main" busy={state.busy} onClick={() => void save()}>
          {say('describe.save')}
        </Button>
      </footer>
    </Dialog>
  )
}
