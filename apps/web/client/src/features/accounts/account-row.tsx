import type { ReactNode } from 'react'
import { AppLink } from '../../components/app-link.tsx'
import { Avatar } from '../../components/avatar.tsx'
import { DisplayName, Handle } from '../../components/names.tsx'
import { plainWords } from '../../components/rich-text/rich-text.tsx'
import { useAccount } from '../../state/entities.ts'
import { useRelationship } from '../../state/relationships.ts'
import { FollowButton } from '../relationships/follow-button.tsx'
import './accounts.css'

/** One of a list of people. */
export function AccountRow({ id, action }: { id: string; action?: ReactNode }) {
  const account = useAccount(id)
  const relationship = useRelationship(id)
  if (!account) return <span hidden />
  const words = plainWords(account.note)
  return (
    <article className="account-row" data-item tabIndex={-1}>
      <AppLink to={`/@${account.acct}`} className="account-link">
        <Avatar account={account} />
        <span className="account-words">
          <span className="account-names">
            <DisplayName account={account} />
            <Handle account={account} />
          </span>
          {words && (
            <span className="account-note" dir="auto">
              {words}
            </span>
          )}
        </span>
      </AppLink>
      {action ?? <FollowButton account={account} relationship={relationship} />}
    </article>
  )
}
