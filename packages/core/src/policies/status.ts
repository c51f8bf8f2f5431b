import { named, type StatusRow, type StoredVisibility, VISIBILITIES } from '@anancus/db'

/** What decides about a status: its row, and how its author stands to the one who asks. */
export interface StatusFacts {
  status: Pick<StatusRow, 'account_id' | 'visibility'>
  authorSuspended: boolean
  /** The one who asks follows the author. */
  isFollower: boolean
  /** Named or silently addressed. */
  isMentioned: boolean
  blockedByAuthor: boolean
  /** The author hides the whole server of the one who asks. */
  serverBlockedByAuthor?: boolean
  blockingAuthor?: boolean
  /** The server of the author keeps it from people who are not signed in. */
  hiddenFromVisitors?: boolean
}

function visibilityOf(facts: StatusFacts): StoredVisibility {
  return named(VISIBILITIES, facts.status.visibility)
}

function isOwn(viewerId: string | null, facts: StatusFacts): boolean {
  return viewerId !== null && viewerId === facts.status.account_id
}

/** Whether a status may be seen. `null` is the anonymous, who see what is public or unlisted. */
export function canShow(viewerId: string | null, facts: StatusFacts): boolean {
  if (facts.authorSuspended) return false
  const isMentioned = viewerId !== null && facts.isMentioned
  switch (visibilityOf(facts)) {
    case 'direct':
    case 'limited':
      return isOwn(viewerId, facts) || isMentioned
    case 'private':
      return isOwn(viewerId, facts) || (viewerId !== null && facts.isFollower) || isMentioned
    default:
      if (viewerId === null) return !facts.hiddenFromVisitors
      return !(facts.blockedByAuthor || facts.serverBlockedByAuthor)
  }
}

/** Boosting spreads a status: only what is public already, and the author's own private ones. */
export function canReblog(viewerId: string, facts: StatusFacts): boolean {
  const visibility = visibilityOf(facts)
  if (visibility === 'direct' || visibility === 'limited') return false
  if (visibility === 'private' && !isOwn(viewerId, facts)) return false
  return canShow(viewerId, facts) && !facts.blockingAuthor
}

export function canFavourite(viewerId: string, facts: StatusFacts): boolean {
  return canShow(viewerId, facts) && !facts.blockingAuthor
}

/** Whoever sees a status may answer it. */
export function canReply(viewerId: string, facts: StatusFacts): boolean {
  return canShow(viewerId, facts)
}
