import type { Status } from '@anancus/core/entities/types'
import { actOnStatus } from '../../api/statuses.ts'
import { errorWords } from '../../components/error-words.ts'
import { type Say, useText } from '../../i18n/text.tsx'
import { patchStatus, statuses } from '../../state/entities.ts'
import { openOverlay } from '../../state/overlays.ts'
import { isSignedIn } from '../../state/session.ts'
import { announce, showToast } from '../../state/toasts.ts'
import { actFor, isOn, type Toggle, toggled } from './toggle.ts'

/** Requests on their way, so that a second press waits for the first. */
const running = new Set<string>()

/** Shows the change at once, and takes it back with a word if the server refuses. */
export async function toggleStatus(say: Say, id: string, toggle: Toggle): Promise<void> {
  if (!isSignedIn) return openOverlay({ type: 'sign-in' })
  const status = statuses.get(id)
  const key = `${id}:${toggle}`
  if (!status || running.has(key)) return
  running.add(key)
  patchStatus(id, toggled(status, toggle))
  announce(say(`status.${toggle}.${isOn(status, toggle) ? 'off' : 'on'}`))
  try {
    await actOnStatus(id, actFor(status, toggle))
  } catch (error) {
    const now = statuses.get(id)
    if (now) patchStatus(id, toggled(now, toggle))
    showToast(errorWords(say, error), {
      isError: true,
      action: { label: say('error.retry'), run: () => void toggleStatus(say, id, toggle) },
    })
  } finally {
    running.delete(key)
  }
}

export function useToggle(status: Status): (toggle: Toggle) => void {
  const say = useText()
  return (toggle) => void toggleStatus(say, status.id, toggle)
}
