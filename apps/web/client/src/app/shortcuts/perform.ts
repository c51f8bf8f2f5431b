import { accounts } from '../../state/entities.ts'
import { goBack, goTo } from '../../state/navigation.ts'
import { openComposer, openOverlay } from '../../state/overlays.ts'
import { isSignedIn, myId } from '../../state/session.ts'
import type { Action } from './bindings.ts'
import { focusedItem, moveFocus } from './focus.ts'

const PLACES: Partial<Record<Action, string>> = {
  'go.home': '/home',
  'go.notifications': '/notifications',
  'go.local': '/public/local',
  'go.public': '/public',
  'go.favourites': '/favourites',
  'go.bookmarks': '/bookmarks',
  'go.blocks': '/blocks',
  'go.mutes': '/mutes',
  'go.requests': '/follow_requests',
}

/** Does what a key stands for. False when there was nothing to do, so that the browser may. */
export function perform(action: Action): boolean {
  const place = PLACES[action]
  if (place) return done(goTo(place))
  switch (action) {
    case 'next':
      return moveFocus(1)
    case 'previous':
      return moveFocus(-1)
    case 'top':
      return done(scrollTo({ top: 0 }))
    case 'compose':
      return done(isSignedIn ? openComposer() : openOverlay({ type: 'sign-in' }))
    case 'search':
      return goToSearch()
    case 'help':
      return done(openOverlay({ type: 'shortcuts' }))
    case 'back':
      return done(goBack())
    case 'go.profile': {
      const me = myId ? accounts.get(myId) : undefined
      return me ? done(goTo(`/@${me.acct}`)) : false
    }
    default:
      return actOnFocused(action)
  }
}

function done(_: unknown): true {
  return true
}

function goToSearch(): boolean {
  const box = [...document.querySelectorAll<HTMLInputElement>('input[type="search"]')].find(
    (input) => input.offsetParent !== null,
  )
  if (box) box.focus()
  else goTo('/search')
  return true
}

/** The post under the focus hears of it by an event; it knows best how. */
function actOnFocused(action: Action): boolean {
  const item = focusedItem()
  // Enter on a button or a link inside the post means that button.
  if (!item || (action === 'status.open' && document.activeElement !== item)) return false
  return !item.dispatchEvent(new CustomEvent('anancus:act', { detail: action, cancelable: true }))
}
