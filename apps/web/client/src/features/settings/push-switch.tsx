import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { fetchInstance } from '../../api/instance.ts'
import { errorWords } from '../../components/error-words.ts'
import { useText } from '../../i18n/text.tsx'
import { canPush, type PushState, readPushState, turnPushOff, turnPushOn } from '../../state/push.ts'
import { showToast } from '../../state/toasts.ts'

/** Tells this device of things while no page is open. Shown where both browser and server can. */
export function PushSwitch() {
  const say = useText()
  const { data: instance } = useQuery({ queryKey: ['instance'], queryFn: fetchInstance })
  const [state, setState] = useState<PushState | null>(null)
  const [isBusy, setBusy] = useState(false)
  useEffect(() => {
    if (canPush()) void readPushState().then(setState)
  }, [])
  const serverKey = instance?.configuration.vapid.public_key
  if (!serverKey || state === null) return null
  const change = async (turnOn: boolean) => {
    setBusy(true)
    try {
      setState(await (turnOn ? turnPushOn(serverKey) : turnPushOff()))
    } catch (error) {
      showToast(errorWords(say, error), { isError: true })
    } finally {
      setBusy(false)
    }
  }
  return (
    <>
      <label className="check">
        <input
          type="checkbox"
          checked={state === 'on'}
          disabled={isBusy || state === 'refused'}
          onChange={(event) => void change(event.target.checked)}
        />
        {say('settings.push')}
      </label>
      <p className="settings-note">
        {say(state === 'refused' ? 'settings.push_refused' : 'settings.push_hint')}
      </p>
    </>
  )
}
