import type { Account, Relationship } from '@anancus/core/entities/types'
import { AtSign, Ban, ExternalLink, Link, Repeat2, UserRoundMinus, Volume2, VolumeX } from 'lucide-react'
import { actOnAccount, followAccount } from '../../api/accounts.ts'
import { errorWords } from '../../components/error-words.ts'
import type { MenuItem } from '../../components/menu.tsx'
import { safeUrl } from '../../components/safe-url.ts'
import { type Say, useText } from '../../i18n/text.tsx'
import { openComposer, openOverlay } from '../../state/overlays.ts'
import { fullHandle, isMe, isSignedIn } from '../../state/session.ts'
import { showToast } from '../../state/toasts.ts'

export function useProfileMenu(account: Account, relationship: Relationship | undefined): () => MenuItem[] {
  const say = useText()
  return () => [
    ...(isSignedIn && !isMe(account)
      ? [
          {
            label: say('account.mention', { name: `@${account.acct}` }),
            icon: AtSign,
            onSelect: () => mention(account),
          },
        ]
      : []),
    { label: say('profile.copy_handle'), icon: Link, onSelect: () => void copyHandle(say, account) },
    ...(account.acct.includes('@')
      ? [
          {
            label: say('profile.open_original'),
            icon: ExternalLink,
            href: safeUrl(account.url) ?? '',
            external: true,
          },
        ]
      : []),
    ...(relationship && !isMe(account) ? between(say, account, relationship) : []),
  ]
}

function mention(account: Account): void {
  openComposer({ kind: 'new', text: `@${account.acct} ` })
}

function between(say: Say, account: Account, relationship: Relationship): MenuItem[] {
  const name = { name: `@${account.acct}` }
  const run = (promise: Promise<unknown>) => {
    promise.catch((error) => showToast(errorWords(say, error), { isError: true }))
  }
  return [
    'line',
    ...(relationship.following
      ? [
          {
            label: say(relationship.showing_reblogs ? 'profile.hide_reblogs' : 'profile.show_reblogs', name),
            icon: Repeat2,
            onSelect: () => run(followAccount(account.id, { reblogs: !relationship.showing_reblogs })),
          },
        ]
      : []),
    ...(relationship.followed_by
      ? [
          {
            label: say('profile.remove_follower'),
            icon: UserRoundMinus,
            onSelect: () => run(actOnAccount(account.id, 'remove_from_followers')),
          },
        ]
      : []),
    relationship.muting
      ? {
          label: say('account.unmute', name),
          icon: Volume2,
          onSelect: () => run(actOnAccount(account.id, 'unmute')),
        }
      : {
          label: say('account.mute', name),
          icon: VolumeX,
          onSelect: () => openOverlay({ type: 'mute', account }),
        },
    relationship.blocking
      ? { label: say('account.unblock'), icon: Ban, onSelect: () => run(actOnAccount(account.id, 'unblock')) }
      : {
          label: say('account.block', name),
          icon: Ban,
          danger: true,
          onSelect: () => openOverlay({ type: 'block', account }),
        },
  ]
}

async function copyHandle(say: Say, account: Account): Promise<void> {
  const handle = `@${fullHandle(account.acct)}`
  try {
    await navigator.clipboard.writeText(handle)
    showToast(say('profile.handle_copied'))
  } catch {
    // No leave to use the clipboard: show what was to be copied.
    showToast(handle)
  }
}
