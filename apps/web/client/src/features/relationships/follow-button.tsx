import type { Account, Relationship } from '@anancus/core/entities/types'
import { useMutation } from '@tanstack/react-query'
import { actOnAccount, followAccount } from '../../api/accounts.ts'
import { Button } from '../../components/button.tsx'
import { errorWords } from '../../components/error-words.ts'
import { type MessageId, useText } from '../../i18n/text.tsx'
import { openOverlay } from '../../state/overlays.ts'
import { isMe, isSignedIn } from '../../state/session.ts'
import { showToast } from '../../state/toasts.ts'

/** Follows, asks to, takes it back, or lifts a block: whatever the present state calls for. */
export function FollowButton({
  account,
  relationship,
}: {
  account: Account
  relationship: Relationship | undefined
}) {
  const say = useText()
  const act = useMutation({
    mutationFn: (): Promise<unknown> => {
      if (relationship?.blocking) return actOnAccount(account.id, 'unblock')
      if (relationship?.requested) return actOnAccount(account.id, 'unfollow')
      return followAccount(account.id)
    },
    onError: (error) => showToast(errorWords(say, error), { isError: true }),
  })
  if (isMe(account) || account.suspended || relationship?.blocked_by) return null
  if (isSignedIn && !relationship) return <Button className="follow" busy aria-label={say('loading')} />
  const press = () => {
    if (!isSignedIn) openOverlay({ type: 'sign-in' })
    else if (relationship?.following) openOverlay({ type: 'unfollow', account })
    else act.mutate()
  }
  return (
    <Button
      className="follow"
      look={
        relationship?.following || relationship?.requested
          ? 'plain'
          : relationship?.blocking
            ? 'danger'
            : 'main'
      }
      busy={act.isPending}
      onClick={press}
    >
      {say(labelOf(account, relationship))}
    </Button>
  )
}

function labelOf(account: Account, relationship: Relationship | undefined): MessageId {
  if (relationship?.blocking) return 'account.unblock'
  if (relationship?.requested) return 'account.cancel_request'
  if (relationship?.following) return 'account.following'
  if (relationship?.followed_by) return 'account.follow_back'
  return account.locked ? 'account.request' : 'account.follow'
}
