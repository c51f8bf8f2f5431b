import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { fetchHistory } from '../../api/statuses.ts'
import { Dialog } from '../../components/dialog.tsx'
import { EmojiText } from '../../components/rich-text/emoji-text.tsx'
import { RichText } from '../../components/rich-text/rich-text.tsx'
import { Failed, Spinner } from '../../components/states.tsx'
import { FullTime } from '../../components/time-ago.tsx'
import { useText } from '../../i18n/text.tsx'
import { useStatus } from '../../state/entities.ts'
import type { Overlay } from '../../state/overlays.ts'
import { MediaGallery } from '../status/media/gallery.tsx'
import './history.css'

interface Props {
  overlay: Extract<Overlay, { type: 'history' }>
  onClose(): void
}

/** What a post said before it was edited, newest first. */
export function History({ overlay: { statusId }, onClose }: Props) {
  const say = useText()
  const status = useStatus(statusId)
  const [chosen, choose] = useState(0)
  const { data, isError, error, refetch } = useQuery({
    queryKey: ['history', statusId, status?.edited_at],
    queryFn: ({ signal }) => fetchHistory(statusId, signal).then((edits) => edits.reverse()),
  })
  const edit = data?.[chosen]
  return (
    <Dialog title={say('history.title')} onClose={onClose} className="history">
      <div className="dialog-body">
        {isError && <Failed error={error} onRetry={() => void refetch()} />}
        {!data && !isError && <Spinner />}
        {data && (
          <ol className="history-list">
            {data.map((one, at) => (
              <li key={one.created_at}>
                <button type="button" aria-pressed={at === chosen} onClick={() => choose(at)}>
                  <FullTime date={one.created_at} />
                  <small>
                    {say(
                      at === data.length - 1 ? 'history.first' : at === 0 ? 'history.now' : 'history.edited',
                    )}
                  </small>
                </button>
              </li>
            ))}
          </ol>
        )}
        {edit && (
          <article className="history-text" aria-live="polite">
            {edit.spoiler_text && (
              <p className="warning">
                <EmojiText text={edit.spoiler_text} emojis={edit.emojis} />
              </p>
            )}
            <RichText
              html={edit.content}
              emojis={edit.emojis}
              mentions={status?.mentions}
              tags={status?.tags}
            />
            {edit.poll && (
              <ul>
                {edit.poll.options.map((option, at) => (
                  <li key={at}>{option.title}</li>
                ))}
              </ul>
            )}
            {edit.media_attachments.length > 0 && (
              <MediaGallery key={chosen} status={{ ...edit, language: status?.language ?? null }} />
            )}
          </article>
        )}
      </div>
    </Dialog>
  )
}
