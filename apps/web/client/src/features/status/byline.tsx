import type { Account, Status } from '@anancus/core/entities/types'
import { PencilLine } from 'lucide-react'
import { AppLink } from '../../components/app-link.tsx'
import { DisplayName, Handle } from '../../components/names.tsx'
import { TimeAgo } from '../../components/time-ago.tsx'
import { useText } from '../../i18n/text.tsx'
import { statusPath } from './paths.ts'
import { VisibilityIcon } from './visibility.tsx'

interface Props {
  id: string
  status: Status
  author: Account
  focused?: boolean
}

/** Who wrote it and when. */
export function Byline({ id, status, author, focused }: Props) {
  const say = useText()
  return (
    <header className="byline">
      <AppLink id={id} to={`/@${author.acct}`} className="byline-names">
        <DisplayName account={author} /> <Handle account={author} />
      </AppLink>
      {!focused && (
        <span className="byline-end">
          <VisibilityIcon visibility={status.visibility} />
          {status.edited_at && (
            <span title={say('status.edited')}>
              <PencilLine size={14} aria-hidden="true" />
              <span className="unseen">{say('status.edited')}</span>
            </span>
          )}
          <AppLink to={statusPath(status)} className="byline-time">
            <TimeAgo date={status.created_at} />
          </AppLink>
        </span>
      )}
    </header>
  )
}
