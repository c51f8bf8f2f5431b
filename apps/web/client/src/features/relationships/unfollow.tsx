import { actOnAccount } from '../../api/accounts.ts'
import { Confirm } from '../../components/confirm.tsx'
import { errorWords } from '../../components/error-words.ts'
import { displayNameOf } from '../../components/names.tsx'
import { useText } from '../../i18n/text.tsx'
import type { Overlay } from '../../state/overlays.ts'
import { showToast } from '../../state/toasts.ts'

interface Props {
  overlay: Extract<Overlay, { type: 'unfollow' }>
  onClose(): void
}

export function UnfollowDialog({ overlay: { account }, onClose }: Props) {
  const say = useText()
  const unfollow = () => {
    actOnAccount(account.id, 'unfollow').catch((error) =>
      showToast(errorWords(say, error), { isError: true }),
    )
  }
  return (
    <Confirm
      title={say('account.unfollow_title', { name: displayNameOf(account) })}
      action={say('account.unfollow')}
      onConfirm={unfollow}
      onClose={onClose}
    >
      <p>{say(account.locked ? 'account.unfollow_locked_hint' : 'account.unfollow_hint')}</p>
    </Confirm>
  )
}
