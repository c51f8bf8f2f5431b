import type { Status } from '@anancus/core/entities/types'
import {
  AtSign,
  Ban,
  BellOff,
  BellRing,
  CodeXml,
  ExternalLink,
  History,
  Link,
  PenLine,
  Pin,
  PinOff,
  Quote,
  RotateCcw,
  Trash2,
  VolumeX,
} from 'lucide-react'
import { actOnStatus, fetchSource, revokeQuote, type StatusAct } from '../../api/statuses.ts'
import { errorWords } from '../../components/error-words.ts'
import { safeUrl } from '../../components/safe-url.ts'
import type { MenuItem } from '../../components/menu.tsx'
import { type MessageId, type Say, useText } from '../../i18n/text.tsx'
import { openComposer, openOverlay } from '../../state/overlays.ts'
import { isMe, isSignedIn, myId } from '../../state/session.ts'
import { showToast } from '../../state/toasts.ts'

/** The rest of what one can do with a post. */
export function useStatusMenu(status: Status): () => MenuItem[] {
  const say = useText()
  return () => [
    ...everybodys(say, status),
    ...(isSignedIn && concernsMe(status) ? [conversationItem(say, status)] : []),
    ...(isMe(status.account) ? own(say, status) : isSignedIn ? others(say, status) : []),
  ]
}

function everybodys(say: Say, status: Status): MenuItem[] {
  return [
    { label: say('status.copy_link'), icon: Link, onSelect: () => void copyLink(say, status) },
    ...(isElsewhere(status)
      ? [
          {
            label: say('status.open_original'),
            icon: ExternalLink,
            href: safeUrl(status.url) ?? '',
            external: true,
          },
        ]
      : []),
    ...(status.visibility === 'public' || status.visibility === 'unlisted'
      ? [
          {
            label: say('status.embed'),
            icon: CodeXml,
            onSelect: () => openOverlay({ type: 'embed', statusId: status.id }),
          },
        ]
      : []),
    ...(status.edited_at
      ? [
          {
            label: say('status.history'),
            icon: History,
            onSelect: () => openOverlay({ type: 'history', statusId: status.id }),
          },
        ]
      : []),
  ]
}

function conversationItem(say: Say, status: Status): MenuItem {
  return status.muted
    ? {
        label: say('status.unmute'),
        icon: BellRing,
        onSelect: () => void act(say, status, 'unmute', 'status.unmuted'),
      }
    : {
        label: say('status.mute'),
        icon: BellOff,
        onSelect: () => void act(say, status, 'mute', 'status.muted'),
      }
}

function own(say: Say, status: Status): MenuItem[] {
  return [
    'line',
    ...(status.pinned === undefined
      ? []
      : [
          status.pinned
            ? {
                label: say('status.unpin'),
                icon: PinOff,
                onSelect: () => void act(say, status, 'unpin', 'status.unpinned'),
              }
            : {
                label: say('status.pin'),
                icon: Pin,
                onSelect: () => void act(say, status, 'pin', 'status.pinned_now'),
              },
        ]),
    { label: say('status.edit'), icon: PenLine, onSelect: () => void edit(say, status) },
    {
      label: say('status.redraft'),
      icon: RotateCcw,
      onSelect: () => openOverlay({ type: 'delete', status, redraft: true }),
    },
    {
      label: say('status.delete'),
      icon: Trash2,
      danger: true,
      onSelect: () => openOverlay({ type: 'delete', status, redraft: false }),
    },
  ]
}

function others(say: Say, status: Status): MenuItem[] {
  const { account } = status
  const name = { name: `@${account.acct}` }
  return [
    'line',
    {
      label: say('account.mention', name),
      icon: AtSign,
      onSelect: () => openComposer({ kind: 'new', text: `@${account.acct} ` }),
    },
    ...revocation(say, status),
    {
      label: say('account.mute', name),
      icon: VolumeX,
      onSelect: () => openOverlay({ type: 'mute', account }),
    },
    {
      label: say('account.block', name),
      icon: Ban,
      danger: true,
      onSelect: () => openOverlay({ type: 'block', account }),
    },
  ]
}

/** Somebody quotes me, and I may change my mind about it. */
function revocation(say: Say, status: Status): MenuItem[] {
  const { quote } = status
  const mine = quote && 'quoted_status' in quote ? quote.quoted_status : null
  if (!mine || quote?.state !== 'accepted' || !isMe(mine.account)) return []
  return [
    {
      label: say('status.revoke_quote'),
      hint: say('status.revoke_quote_hint'),
      icon: Quote,
      danger: true,
      onSelect: () => void revoke(say, mine.id, status.id),
    },
  ]
}

async function revoke(say: Say, quotedId: string, quotingId: string): Promise<void> {
  try {
    await revokeQuote(quotedId, quotingId)
    showToast(say('status.quote_revoked'))
  } catch (error) {
    showToast(errorWords(say, error), { isError: true })
  }
}

/** One is told of a conversation one started or was named in; only that can be silenced. */
function concernsMe(status: Status): boolean {
  return isMe(status.account) || status.mentions.some((mention) => mention.id === myId)
}

function isElsewhere(status: Status): boolean {
  const url = safeUrl(status.url)
  return url !== undefined && new URL(url).origin !== location.origin
}

async function copyLink(say: Say, status: Status): Promise<void> {
  const url = status.url ?? status.uri
  try {
    await navigator.clipboard.writeText(url)
    showToast(say('status.link_copied'))
  } catch {
    // No leave to use the clipboard: show what was to be copied.
    showToast(url)
  }
}

async function act(say: Say, status: Status, name: StatusAct, done: MessageId): Promise<void> {
  try {
    await actOnStatus(status.id, name)
    showToast(say(done))
  } catch (error) {
    showToast(errorWords(say, error), { isError: true })
  }
}

/** The text as it was written is known to the server only. */
async function edit(say: Say, status: Status): Promise<void> {
  try {
    const source = await fetchSource(status.id)
    openComposer({ kind: 'edit', status, text: source.text, spoilerText: source.spoiler_text })
  } catch (error) {
    showToast(errorWords(say, error), { isError: true })
  }
}
