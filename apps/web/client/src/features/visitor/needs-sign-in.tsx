import { LogIn } from 'lucide-react'
import { SignInButtons } from '../../app/navigation/sign-in-buttons.tsx'
import { Column } from '../../components/column.tsx'
import { Empty } from '../../components/states.tsx'
import { useText } from '../../i18n/text.tsx'
import './visitor.css'

/** In place of a screen that belongs to somebody. */
export function NeedsSignIn() {
  const say = useText()
  return (
    <Column title={say('visitor.needed')}>
      <Empty icon={LogIn} title={say('visitor.own_page')}>
        <SignInButtons />
      </Empty>
    </Column>
  )
}
