import { ImagePlus } from 'lucide-react'
import { Avatar } from '../../components/avatar.tsx'
import { useText } from '../../i18n/text.tsx'
import { useAccount } from '../../state/entities.ts'
import { openComposer } from '../../state/overlays.ts'
import { myId } from '../../state/session.ts'
import './prompt.css'

/** Looks like a place to write, and opens it. */
export function ComposePrompt() {
  const say = useText()
  const me = useAccount(myId)
  return (
    <div className="prompt">
      {me && <Avatar account={me} size={40} />}
      <button type="button" className="prompt-button" onClick={() => openComposer()}>
        {say('compose.prompt')}
        <ImagePlus size={19} aria-hidden="true" />
      </button>
    </div>
  )
}
