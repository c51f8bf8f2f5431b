import { PencilLine } from 'lucide-react'
import { Avatar } from '../../components/avatar.tsx'
import { DisplayName, Handle } from '../../components/names.tsx'
import { plainWords } from '../../components/rich-text/rich-text.tsx'
import { useText } from '../../i18n/text.tsx'
import { useStatus } from '../../state/entities.ts'
import type { ComposeRequest } from '../../state/overlays.ts'
import { quotedIn } from './params.ts'

/** Shows what is being answered or quoted, or says that this is an edit. */
export function AboutWhat({ request }: { request: ComposeRequest }) {
  const say = useText()
  const status = useStatus(request.kind === 'reply' ? request.statusId : (quotedIn(request) ?? null))
  if (request.kind === 'edit')
    return (
      <p className="about-what is-edit">
        <PencilLine size={16} aria-hidden="true" />
        {say('compose.edit_hint')}
      </p>
    )
  if (!status) return null
  return (
    <blockquote className="about-what">
      <p className="about-who">
        <Avatar account={status.account} size={22} />
        <DisplayName account={status.account} />
        <Handle account={status.account} />
      </p>
      <p className="about-words" dir="auto">
        {status.spoiler_text || plainWords(status.content ?? '')}
      </p>
    </blockquote>
  )
}
