import { useQuery } from '@tanstack/react-query'
import { fetchEmbed } from '../../api/embeds.ts'
import { isNotFound } from '../../api/errors.ts'
import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { Failed, Spinner } from '../../components/states.tsx'
import { useText } from '../../i18n/text.tsx'
import type { Overlay } from '../../state/overlays.ts'
import { showToast } from '../../state/toasts.ts'

interface Props {
  overlay: Extract<Overlay, { type: 'embed' }>
  onClose(): void
}

/** The code by which another site shows a post. */
export function EmbedDialog({ overlay: { statusId }, onClose }: Props) {
  const say = useText()
  const { data, error, isError, refetch } = useQuery({
    queryKey: ['embed', statusId],
    queryFn: () => fetchEmbed(statusId),
    retry: false,
  })
  const copy = async (code: string) => {
    await navigator.clipboard.writeText(code).then(
      () => showToast(say('embed.copied')),
      // No leave to use the clipboard: the field is there to be marked.
      () => undefined,
    )
  }
  const isNone = isNotFound(error) || data?.html === ''
  return (
    <Dialog title={say('embed.title')} onClose={onClose}>
      <div className="dialog-body">
        {!data && !isError && <Spinner />}
        {isNone && <p>{say('embed.none')}</p>}
        {isError && !isNone && <Failed error={error} onRetry={() => void refetch()} />}
        {data && !isNone && (
          <>
            <p>{say('embed.hint')}</p>
            <textarea
              className="field"
              aria-label={say('embed.code')}
              rows={6}
              readOnly
              value={data.html}
              onFocus={(event) => event.target.select()}
            />
            <Button look="main" onClick={() => void copy(data.html)}>
              {say('embed.copy')}
            </Button>
          </>
        )}
      </div>
    </Dialog>
  )
}
