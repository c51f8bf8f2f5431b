import { useText } from '../../i18n/text.tsx'
import { initialState } from '../../state/session.ts'

/** The ways in, for visitors. Both are pages of the server. */
export function SignInButtons() {
  const say = useText()
  return (
    <div className="sign-in-buttons">
      <a className="button button-main" href="/auth/sign_in">
        {say('visitor.sign_in')}
      </a>
      {initialState.meta.registrations_open && (
        <a className="button button-plain" href="/auth/sign_up">
          {say('visitor.sign_up')}
        </a>
      )}
    </div>
  )
}
