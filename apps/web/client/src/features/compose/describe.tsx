import { useQuery } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { fetchInstance } from '../../api/instance.ts'
import { describeMedia } from '../../api/statuses.ts'
import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { errorWords } from '../../components/error-words.ts'
import { useInitialFocus } from '../../components/use-initial-focus.ts'
import { useText } from '../../i18n/text.tsx'
import type { DraftMedia } from './draft.ts'

interface Props {
  one: DraftMedia
  onSave(description: string): void
  onClose(): void
}

const DEFAULT_LIMIT = 1_500

/** Puts a picture into words for those who do not see it. */
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
  const save = async () => {
    if (!attachment) return
    setState({ busy: true, error: '' })
    try {
      if (!one.isAttached) await describeMedia(attachment.id, words.trim())
      onSave(words.trim())
      onClose()
    } catch (error) {
      setState({ busy: false, error: errorWords(say, error) })
    }
  }
  return (
    <Dialog title={say('describe.title')} onClose={onClose}>
      <div className="dialog-body describe">
        {attachment?.preview_url && <img src={attachment.preview_url} alt="" />}
        <label className="label" htmlFor={id}>
          {say('describe.label')}
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
          <span>{say('describe.hint')}</span>
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
