import { useQuery } from '@tanstack/react-query'
import { type DragEvent, type KeyboardEvent, useState } from 'react'
import { fetchInstance } from '../../api/instance.ts'
import { Button } from '../../components/button.tsx'
import { Confirm } from '../../components/confirm.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { errorWords } from '../../components/error-words.ts'
import { type MessageId, useText } from '../../i18n/text.tsx'
import { goTo } from '../../state/navigation.ts'
import type { ComposeRequest, Overlay } from '../../state/overlays.ts'
import { initialState } from '../../state/session.ts'
import { showToast } from '../../state/toasts.ts'
import { statusPath } from '../status/paths.ts'
import { AboutWhat } from './about-what.tsx'
import { countCharacters } from './count.ts'
import { Editor } from './editor.tsx'
import { isQuotable } from './draft.ts'
import { MediaStrip } from './media-strip.tsx'
import { quotedIn } from './params.ts'
import { QuotePolicyMenu } from './quote-policy-menu.tsx'
import { submit } from './submit.ts'
import { Toolbar } from './toolbar.tsx'
import { useDraft } from './use-draft.ts'
import { useUploads } from './use-uploads.ts'
import { VisibilityMenu } from './visibility-menu.tsx'
import './composer.css'

interface Props {
  overlay: Extract<Overlay, { type: 'compose' }>
  onClose(): void
}

const TITLES: Record<ComposeRequest['kind'], MessageId> = {
  new: 'compose.new',
  reply: 'compose.reply',
  quote: 'compose.quote',
  edit: 'compose.edit',
  redraft: 'compose.redraft',
}

export function Composer({ overlay: { request }, onClose }: Props) {
  const say = useText()
  const { draft, patch, discard, finish, isRestored, isKept, isDirty } = useDraft(request)
  const limits = useLimits()
  const [state, setState] = useState<'writing' | 'sending' | 'leaving'>('writing')
  const [error, setError] = useState('')
  const uploads = useUploads(draft, patch, limits, setError)
  const left = limits.characters - countCharacters(draft.text, draft.isWarned ? draft.warning : '')
  const isUploading = draft.media.some((one) => !one.attachment)
  const isEmpty = draft.text.trim() === '' && draft.media.length === 0 && !quotedIn(request)
  const maySend = state === 'writing' && left >= 0 && !isUploading && !isEmpty

  const send = async () => {
    if (!maySend) return
    setState('sending')
    setError('')
    try {
      const status = await submit(draft, request)
      finish()
      onClose()
      showToast(say(request.kind === 'edit' ? 'compose.edited' : 'compose.published'), {
        action: { label: say('compose.view'), run: () => goTo(statusPath(status)) },
      })
    } catch (failure) {
      setState('writing')
      setError(errorWords(say, failure))
    }
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
    event.preventDefault()
    void send()
  }
  const onDrop = (event: DragEvent) => {
    if (event.dataTransfer.files.length === 0) return
    event.preventDefault()
    uploads.add(event.dataTransfer.files)
  }
  // What this browser keeps can be left at any time; an edit cannot.
  const mayClose = () => {
    if (state === 'sending') return false
    if (isKept && isDirty) showToast(say('compose.kept'))
    if (isKept || !isDirty) return true
    setState('leaving')
    return false
  }
  return (
    <Dialog title={say(TITLES[request.kind])} onClose={onClose} mayClose={mayClose} className="composer">
      {/* Keys and files of all that is inside. */}
      {/* oxlint-disable-next-line jsx-a11y/no-static-element-interactions */}
      <div
        className="composer-body"
        onKeyDown={onKeyDown}
        onDragOver={(event) => event.preventDefault()}
        onDrop={onDrop}
      >
        <AboutWhat request={request} />
        <div className="composer-top">
          <VisibilityMenu
            value={draft.visibility}
            isFixed={request.kind === 'edit'}
            onChange={(visibility) => patch({ visibility })}
          />
          {isQuotable(draft.visibility) && (
            <QuotePolicyMenu
              value={draft.quotePolicy ?? initialState.compose.defaultQuotePolicy}
              onChange={(quotePolicy) => patch({ quotePolicy })}
            />
          )}
          {isRestored && (
            <span className="restored">
              {say('compose.restored')}{' '}
              <Button look="quiet" onClick={discard}>
                {say('compose.discard')}
              </Button>
            </span>
          )}
        </div>
        {draft.isWarned && (
          <input
            className="field composer-warning"
            dir="auto"
            value={draft.warning}
            placeholder={say('compose.warning_placeholder')}
            aria-label={say('compose.warning')}
            onChange={(event) => patch({ warning: event.target.value })}
          />
        )}
        <Editor
          value={draft.text}
          language={draft.language}
          label={say('compose.text')}
          placeholder={say('compose.placeholder')}
          onChange={(text) => patch({ text })}
          onFiles={uploads.add}
        />
        <MediaStrip media={draft.media} uploads={uploads} />
        {error && (
          <p className="compose-error" role="alert">
            {error}
          </p>
        )}
        <Toolbar
          draft={draft}
          patch={patch}
          onFiles={uploads.add}
          maxMedia={limits.count}
          accept={limits.types.join() || 'image/*,video/*,audio/*'}
        >
          <span
            className={`counter ${left < 0 ? 'is-over' : ''}`}
            aria-label={say('compose.left', { count: left })}
          >
            {left}
          </span>
          <Button look="main" busy={state === 'sending'} disabled={!maySend} onClick={() => void send()}>
            {say(request.kind === 'edit' ? 'compose.save' : 'compose.publish')}
          </Button>
        </Toolbar>
      </div>
      {state === 'leaving' && (
        <Confirm
          title={say('compose.leave_title')}
          action={say('compose.leave')}
          danger
          onConfirm={onClose}
          onClose={() => setState('writing')}
        >
          <p>{say('compose.leave_hint')}</p>
        </Confirm>
      )}
    </Dialog>
  )
}

/** What this server allows; Mastodon's numbers until it has said so. */
function useLimits() {
  const { data } = useQuery({
    queryKey: ['instance'],
    queryFn: fetchInstance,
    staleTime: Number.POSITIVE_INFINITY,
  })
  const configuration = data?.configuration
  return {
    characters: configuration?.statuses.max_characters ?? initialState.meta.max_characters ?? 500,
    count: configuration?.statuses.max_media_attachments ?? 4,
    imageBytes: configuration?.media_attachments.image_size_limit ?? 16_777_216,
    videoBytes: configuration?.media_attachments.video_size_limit ?? 103_809_024,
    types: configuration?.media_attachments.supported_mime_types ?? [],
  }
}
