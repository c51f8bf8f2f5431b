import { type FormEvent, useState } from 'react'
import { muteAccount } from '../../api/accounts.ts'
import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { errorWords } from '../../components/error-words.ts'
import { type MessageId, useText } from '../../i18n/text.tsx'
import { statusIdsBy } from '../../state/entities.ts'
import { removeEverywhere } from '../../state/feeds/feeds.ts'
import type { Overlay } from '../../state/overlays.ts'
import { fullHandle } from '../../state/session.ts'
import { showToast } from '../../state/toasts.ts'

interface Props {
  overlay: Extract<Overlay, { type: 'mute' }>
  onClose(): void
}

const HOUR = 3_600
const DURATIONS: [seconds: number, label: MessageId][] = [
  [0, 'mute.forever'],
  [6 * HOUR, 'mute.hours_6'],
  [24 * HOUR, 'mute.hours_24'],
  [7 * 24 * HOUR, 'mute.days_7'],
  [30 * 24 * HOUR, 'mute.days_30'],
]

export function MuteDialog({ overlay: { account }, onClose }: Props) {
  const say = useText()
  const [duration, setDuration] = useState(0)
  const [notifications, setNotifications] = useState(true)
  const mute = async (event: FormEvent) => {
    event.preventDefault()
    onClose()
    try {
      await muteAccount(account.id, { notifications, duration })
      removeEverywhere(statusIdsBy(account.id))
      showToast(say('mute.done', { name: `@${account.acct}` }))
    } catch (error) {
      showToast(errorWords(say, error), { isError: true })
    }
  }
  return (
    <Dialog title={say('mute.title')} onClose={onClose}>
      <form onSubmit={(event) => void mute(event)}>
        <div className="dialog-body">
          <p className="handle">@{fullHandle(account.acct)}</p>
          <p>{say('mute.hint')}</p>
          <label className="label" htmlFor="mute-duration">
            {say('mute.duration')}
          </label>
          <select
            id="mute-duration"
            className="field"
            value={duration}
            onChange={(event) => setDuration(Number(event.target.value))}
          >
            {DURATIONS.map(([seconds, label]) => (
              <option key={seconds} value={seconds}>
                {say(label)}
              </option>
            ))}
          </select>
          <label className="check">
            <input
              type="checkbox"
              checked={notifications}
              onChange={(event) => setNotifications(event.target.checked)}
            />
            {say('mute.notifications')}
          </label>
        </div>
        <footer className="dialog-foot">
          <Button look="quiet" onClick={onClose}>
            {say('dialog.cancel')}
          </Button>
          <Button look="main" type="submit">
            {say('mute.do')}
          </Button>
        </footer>
      </form>
    </Dialog>
  )
}
