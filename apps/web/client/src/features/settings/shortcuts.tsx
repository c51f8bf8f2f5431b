import { type Action, BINDINGS } from '../../app/shortcuts/bindings.ts'
import { Dialog } from '../../components/dialog.tsx'
import { useText } from '../../i18n/text.tsx'
import './settings.css'

/** Every key and what it does. */
export function Shortcuts({ onClose }: { onClose(): void }) {
  const say = useText()
  const byAction = Map.groupBy(BINDINGS, ([, action]) => action)
  return (
    <Dialog title={say('nav.shortcuts')} onClose={onClose} className="shortcuts">
      <div className="dialog-body">
        <dl className="keys">
          {[...byAction].map(([action, bindings]) => (
            <div key={action}>
              <dt>{say(`shortcut.${action}` as `shortcut.${Action}`)}</dt>
              <dd>
                {bindings.map(([keys], at) => (
                  <span key={keys.join()}>
                    {at > 0 && ` ${say('shortcut.or')} `}
                    {keys.map((key) => (
                      <kbd key={key}>{key}</kbd>
                    ))}
                  </span>
                ))}
              </dd>
            </div>
          ))}
          <div>
            <dt>{say('shortcut.publish')}</dt>
            <dd>
              <kbd>Ctrl</kbd> <kbd>Enter</kbd>
            </dd>
          </div>
        </dl>
      </div>
    </Dialog>
  )
}
