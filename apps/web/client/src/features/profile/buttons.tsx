import type { Account, Relationship } from '@anancus/core/entities/types'
import { Bell, BellRing, Ellipsis } from 'lucide-react'
import { followAccount } from '../../api/accounts.ts'
import { Button, IconButton } from '../../components/button.tsx'
import { errorWords } from '../../components/error-words.ts'
import { Menu } from '../../components/menu.tsx'
import { useText } from '../../i18n/text.tsx'
import { openOverlay } from '../../state/overlays.ts'
import { isMe } from '../../state/session.ts'
import { showToast } from '../../state/toasts.ts'
import { FollowButton } from '../relationships/follow-button.tsx'
import { useProfileMenu } from './use-profile-menu.ts'

export function ProfileButtons({
  account,
  relationship,
}: {
  account: Account
  relationship: Relationship | undefined
}) {
  const say = useText()
  const items = useProfileMenu(account, relationship)
  return (
    <div className="profile-buttons">
      <Menu label={say('profile.more')} items={items} className="icon-button">
        <Ellipsis size={20} aria-hidden="true" />
      </Menu>
      {relationship?.following && <NotifyButton account={account} isOn={relationship.notifying} />}
      {isMe(account) ? (
        <Button onClick={() => openOverlay({ type: 'edit-profile' })}>{say('profile.edit')}</Button>
      ) : (
        <FollowButton account={account} relationship={relationship} />
      )}
    </div>
  )
}

function NotifyButton({ account, isOn }: { account: Account; isOn: boolean }) {
  const say = useText()
  const press = async () => {
    try {
      await followAccount(account.id, { notify: !isOn })
      showToast(say(isOn ? 'profile.notify_off' : 'profile.notify_on', { name: `@${account.acct}` }))
    } catch (error) {
      showToast(errorWords(say, error), { isError: true })
    }
  }
  return (
    <IconButton
      icon={isOn ? BellRing : Bell}
      label={say('profile.notify')}
      aria-pressed={isOn}
      onClick={() => void press()}
    />
  )
}
