import {
  Bell,
  Bookmark,
  Compass,
  Earth,
  House,
  Info,
  type LucideIcon,
  Search,
  Star,
  UserRound,
} from 'lucide-react'
import type { MessageId } from '../../i18n/text.tsx'
import { accounts } from '../../state/entities.ts'
import { isSignedIn, myId } from '../../state/session.ts'

export interface Entry {
  to: string
  label: MessageId
  icon: LucideIcon
  badge?: boolean
  /** Addresses below it belong to it too. */
  covers?: RegExp
}

export const HOME: Entry = { to: '/home', label: 'nav.home', icon: House, covers: /^\/(home)?$/ }
export const SEARCH: Entry = { to: '/search', label: 'nav.search', icon: Search }
export const NOTIFICATIONS: Entry = {
  to: '/notifications',
  label: 'nav.notifications',
  icon: Bell,
  badge: true,
  covers: /^\/notifications/,
}
export const PUBLIC: Entry = {
  to: '/public/local',
  label: 'nav.public',
  icon: Earth,
  covers: /^\/public/,
}
export const EXPLORE: Entry = { to: '/explore', label: 'nav.explore', icon: Compass, covers: /^\/explore/ }
export const BOOKMARKS: Entry = { to: '/bookmarks', label: 'nav.bookmarks', icon: Bookmark }
export const FAVOURITES: Entry = { to: '/favourites', label: 'nav.favourites', icon: Star }
export const ABOUT: Entry = { to: '/about', label: 'nav.about', icon: Info }

export function profileEntry(): Entry {
  const me = myId ? accounts.get(myId) : undefined
  const to = `/@${me?.acct ?? ''}`
  return { to, label: 'nav.profile', icon: UserRound, covers: me && new RegExp(`^/@${me.acct}(/|$)`) }
}

export function mainEntries(): Entry[] {
  if (!isSignedIn) return [{ ...PUBLIC, covers: /^\/(public(\/local)?|home)?$/ }, EXPLORE, SEARCH, ABOUT]
  return [HOME, NOTIFICATIONS, SEARCH, EXPLORE, PUBLIC, BOOKMARKS, FAVOURITES, profileEntry()]
}

export function isCurrent(entry: Entry, path: string): boolean {
  return entry.covers ? entry.covers.test(path) : path === entry.to
}
