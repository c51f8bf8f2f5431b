import type { Status } from '@anancus/core/entities/types'
import { useEffect, useRef } from 'react'
import type { Action } from '../../app/shortcuts/bindings.ts'
import { useText } from '../../i18n/text.tsx'
import { goTo } from '../../state/navigation.ts'
import { openComposer, openOverlay } from '../../state/overlays.ts'
import { isSignedIn } from '../../state/session.ts'
import { reply } from './actions.tsx'
import { statusPath } from './paths.ts'
import { mayReblog, quoteStatus } from './reblog-menu.tsx'
import { toggleStatus } from './use-toggle.ts'
import { useTranslate } from './use-translate.ts'

/** Lets a post answer the keyboard while it has the focus. */
export function useFocusedActs(
  article: { current: HTMLElement | null },
  status: Status,
  toggleWarning: () => void,
): void {
  const say = useText()
  const translate = useTranslate(status)
  const acts: Partial<Record<Action, () => void>> = {
    'status.open': () => goTo(statusPath(status)),
    'status.reply': () => reply(status),
    'status.favourite': () => void toggleStatus(say, status.id, 'favourite'),
    'status.reblog': () => mayReblog(status) && void toggleStatus(say, status.id, 'reblog'),
    'status.quote': () => quoteStatus(status),
    'status.bookmark': () => void toggleStatus(say, status.id, 'bookmark'),
    'status.profile': () => goTo(`/@${status.account.acct}`),
    'status.mention': () => isSignedIn && openComposer({ kind: 'new', text: `@${status.account.acct} ` }),
    'status.media': () => openMedia(status),
    'status.toggle': toggleWarning,
    'status.translate': () => translate?.(),
  }
  const current = useRef(acts)
  useEffect(() => {
    current.current = acts
  })
  useEffect(() => {
    const element = article.current
    const onAct = (event: Event) => {
      const act = current.current[(event as CustomEvent<Action>).detail]
      if (!act) return
      act()
      event.preventDefault()
    }
    element?.addEventListener('anancus:act', onAct)
    return () => element?.removeEventListener('anancus:act', onAct)
  }, [article])
}

function openMedia(status: Status): void {
  if (status.media_attachments.length > 0)
    openOverlay({ type: 'lightbox', media: status.media_attachments, index: 0, lang: status.language })
}
