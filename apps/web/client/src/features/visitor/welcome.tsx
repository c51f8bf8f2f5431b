import { SignInButtons } from '../../app/navigation/sign-in-buttons.tsx'
import { Logo } from '../../components/logo/logo.tsx'
import { useText } from '../../i18n/text.tsx'
import { initialState } from '../../state/session.ts'
import './visitor.css'

/** Says to a visitor where they are. */
export function Welcome() {
  const say = useText()
  const { title, domain } = initialState.meta
  return (
    <section className="welcome">
      <Logo size={48} />
      <div>
        <h2>{say('visitor.welcome', { title })}</h2>
        <p>{say('visitor.explain', { domain })}</p>
        <SignInButtons />
      </div>
    </section>
  )
}
