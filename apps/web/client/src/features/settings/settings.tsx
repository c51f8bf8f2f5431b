import { Monitor, Moon, Sun } from 'lucide-react'
import { Dialog } from '../../components/dialog.tsx'
import { useText } from '../../i18n/text.tsx'
import type { MessageId } from '../../i18n/text.tsx'
import { preferences, savePreferences, type Theme } from '../../state/preferences.ts'
import { isSignedIn } from '../../state/session.ts'
import { signOut } from '../../state/sign-out.ts'
import { useStore } from '../../state/store.ts'
import { Button } from '../../components/button.tsx'
import { PushSwitch } from './push-switch.tsx'
import './settings.css'

const THEMES: [Theme, typeof Sun, MessageId][] = [
  ['auto', Monitor, 'settings.theme_auto'],
  ['light', Sun, 'settings.theme_light'],
  ['dark', Moon, 'settings.theme_dark'],
]

/** What this browser may look like; what belongs to the account is on the server's pages. */
export function Settings({ onClose }: { onClose(): void }) {
  const say = useText()
  const { theme } = useStore(preferences)
  return (
    <Dialog title={say('nav.appearance')} onClose={onClose}>
      <div className="dialog-body">
        <fieldset className="themes">
          <legend className="label">{say('settings.theme')}</legend>
          {THEMES.map(([value, Icon, label]) => (
            <label key={value} className="theme">
              <input
                type="radio"
                name="theme"
                className="unseen"
                checked={theme === value}
                onChange={() => savePreferences({ theme: value })}
              />
              <Icon size={22} aria-hidden="true" />
              {say(label)}
            </label>
          ))}
        </fieldset>
        {isSignedIn && (
          <>
            <PushSwitch />
            <p className="settings-note">{say('settings.account_hint')}</p>
            <div className="settings-links">
              <a className="button" href="/auth/edit">
                {say('nav.account')}
              </a>
              <Button look="danger" onClick={signOut}>
                {say('nav.sign_out')}
              </Button>
            </div>
          </>
        )}
      </div>
    </Dialog>
  )
}
