import { Dialog } from '../../components/dialog.tsx'
import { useText } from '../../i18n/text.tsx'
import { SignInButtons } from '../../app/navigation/sign-in-buttons.tsx'
import { initialState } from '../../state/session.ts'
import './visitor.css'

/** Met by a visitor who wants to take part. */
export function SignInDialog({ onClose }: { onClose(): void }) {
  const say = useText()
  return (
    <Dialog title={say('visitor.needed')} onClose={onClose}>
      <div className="dialog-body visitor-dialog">
        <p>{say('visitor.needed_hint', { domain: initialState.meta.domain })}</p>
        <SignInButtons />
        <p className="visitor-elsewhere">{say('visitor.elsewhere')}</p>
      </div>
    </Dialog>
  )
}
