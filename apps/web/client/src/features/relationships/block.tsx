import { actOnAccount } from '../../api/accounts.ts'
import { Confirm } from '../../components/confirm.tsx'
import { errorWords } from '../../components/error-words.ts'
import { useText } from '../../i18n/text.tsx'
import { statusIdsBy } from '../../state/entities.ts'
import { removeEverywhere } from '../../state/feeds/feeds.ts'
import type { Overlay } from '../../state/overlays.ts'
import { fullHandle } from '../../state/session.ts'
import { showToast } from '../../state/toasts.ts'

interface Props {
  overlay: Extract<Overlay, { type: 'block' }>
  onClose(): void
}

export function BlockDialog({ overlay: { account }, onClose }: Props) {
  const say = useText()
  const block = async () => {
    try {
      await actOnAccount(account.id, 'block')
      removeEverywhere(statusIdsBy(account.id))
      showToast(say('account.blocked', { name: `@${account.acct}` }))
    } catch (error) {
      showToast(errorWords(say, error), { isError: true })
    }
  }
  return (
    <Confirm
      title={say('account.block_title')}
      action={say('account.block_do')}
      danger
      onConfirm={() => void block()}
      onClose={onClose}
    >
      <p className="handle">@{fullHandle(account.acct)}</p>
      <ul>
        <li>{say('account.block_hint_see')}</li>
        <li>{say('account.block_hint_follow')}</li>
        <li>{say('account.block_hint_notify')}</li>
      </ul>
    </Confirm>
  )
}
