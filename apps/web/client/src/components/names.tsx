import type { Account } from '@anancus/core/entities/types'
import { fullHandle } from '../state/session.ts'
import { AppLink } from './app-link.tsx'
import { EmojiText } from './rich-text/emoji-text.tsx'

export function displayNameOf(account: Account): string {
  return account.display_name.trim() || account.username
}

export function DisplayName({ account }: { account: Account }) {
  return (
    <bdi className="display-name">
      <EmojiText text={displayNameOf(account)} emojis={account.emojis} />
    </bdi>
  )
}

export function Handle({ account }: { account: Account }) {
  return (
    <span className="handle" dir="ltr" title={`@${fullHandle(account.acct)}`} translate="no">
      @{account.acct}
    </span>
  )
}

export function AccountLink({ account, className }: { account: Account; className?: string }) {
  return (
    <AppLink to={`/@${account.acct}`} className={className}>
      <DisplayName account={account} />
    </AppLink>
  )
}
