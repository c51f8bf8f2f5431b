import type { Account } from '@anancus/core/entities/types'
import { Check, X } from 'lucide-react'
import { Button } from '../../components/button.tsx'
import { useText } from '../../i18n/text.tsx'
import { useRelationship } from '../../state/relationships.ts'
import { FollowButton } from '../relationships/follow-button.tsx'
import { useAnswerRequest } from '../relationships/use-answer-request.ts'
import type { NotificationGroup } from './group.ts'

/** What one may want to do at once: accept a request, or follow back. */
export function Answer({ group, account }: { group: NotificationGroup; account: Account }) {
  if (group.type === 'follow_request') return <RequestButtons account={account} />
  if (group.type === 'follow' && group.accountIds.length === 1) return <FollowBack account={account} />
  return null
}

function RequestButtons({ account }: { account: Account }) {
  const say = useText()
  const relationship = useRelationship(account.id)
  const { answer, isPending } = useAnswerRequest(account.id)
  if (relationship && !relationship.requested_by) return null
  return (
    <div className="answer">
      <Button look="main" busy={isPending} onClick={() => answer('authorize')}>
        <Check size={16} aria-hidden="true" />
        {say('request.accept')}
      </Button>
      <Button busy={isPending} onClick={() => answer('reject')}>
        <X size={16} aria-hidden="true" />
        {say('request.reject')}
      </Button>
    </div>
  )
}

function FollowBack({ account }: { account: Account }) {
  const relationship = useRelationship(account.id)
  if (!relationship || relationship.following || relationship.requested || relationship.blocking) return null
  return (
    <div className="answer">
      <FollowButton account={account} relationship={relationship} />
    </div>
  )
}
