import type { Status } from '@anancus/core/entities/types'
import { deleteStatus } from '../../api/statuses.ts'
import { Confirm } from '../../components/confirm.tsx'
import { errorWords } from '../../components/error-words.ts'
import { type Say, useText } from '../../i18n/text.tsx'
import { goBack } from '../../state/navigation.ts'
import type { Overlay } from '../../state/overlays.ts'
import { openComposer } from '../../state/overlays.ts'
import { showToast } from '../../state/toasts.ts'
import { forgetStatus } from '../../streaming/apply-event.ts'

interface Props {
  overlay: Extract<Overlay, { type: 'delete' }>
  onClose(): void
}

export function DeleteDialog({ overlay: { status, redraft }, onClose }: Props) {
  const say = useText()
  return (
    <Confirm
      title={say(redraft ? 'delete.redraft_title' : 'delete.title')}
      action={say(redraft ? 'delete.redraft' : 'delete.delete')}
      danger
      onConfirm={() => void remove(say, status, redraft)}
      onClose={onClose}
    >
      <p>{say(redraft ? 'delete.redraft_hint' : 'delete.hint')}</p>
    </Confirm>
  )
}

async function remove(say: Say, status: Status, redraft: boolean): Promise<void> {
  try {
    const deleted = await deleteStatus(status.id, { keepMedia: redraft })
    if (location.pathname.endsWith(`/${status.id}`)) goBack()
    forgetStatus(status.id)
    if (redraft) openComposer({ kind: 'redraft', status: { ...status, ...deleted } })
    else showToast(say('delete.done'))
  } catch (error) {
    showToast(errorWords(say, error), { isError: true })
  }
}
