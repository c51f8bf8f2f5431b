import type { NotificationFacts } from '@anancus/db/queries/notification-facts'
import { isFilterable, mayComeFromOneself } from './kinds.ts'
import { NEW_ACCOUNT_DAYS, NEW_FOLLOWER_DAYS } from './limits.ts'

export type Decision = 'tell' | 'filter' | 'drop'

const DAY_MS = 86_400_000
const FILTER = 1
const DROP = 2

/**
 * Says whether a recipient is told of something: never what blocks, mutes, hidden servers and muted conversations keep
 * away; otherwise as the policy of the recipient has it, unless the sender was let through once.
 *
 * @see https://docs.joinmastodon.org/methods/notifications/#get-policy
 */
export function decideNotification(facts: NotificationFacts, type: string, now: Date): Decision {
  if (facts.recipient_suspended) return 'drop'
  if (facts.sender_is_recipient) return mayComeFromOneself(type) ? 'tell' : 'drop'
  if (facts.sender_suspended) return 'drop'
  const isStaffMessage = type === 'mention' && facts.sender_is_staff
  if (!isStaffMessage && isKeptAway(facts, type)) return 'drop'
  if (isStaffMessage || facts.permitted || !isFilterable(type)) return 'tell'
  const strictest = strictestPolicy(facts, type, now)
  if (strictest === DROP) return 'drop'
  return strictest === FILTER ? 'filter' : 'tell'
}

function isKeptAway(facts: NotificationFacts, type: string): boolean {
  return (
    facts.blocking ||
    facts.muting_notifications ||
    (facts.domain_blocking && !facts.following) ||
    facts.conversation_muted ||
    (type === 'mention' && facts.involves_blocked)
  )
}

/** The highest choice among the policies that apply to this sender. */
function strictestPolicy(facts: NotificationFacts, type: string, now: Date): number {
  const isPrivateMention = type === 'mention' && facts.is_direct && !facts.answers_recipient
  const applying: [boolean, number][] = [
    [!facts.following, facts.for_not_following],
    [!isSettledFollower(facts, now), facts.for_not_followers],
    [!facts.following && isNewAccount(facts, now), facts.for_new_accounts],
    [!facts.following && isPrivateMention, facts.for_private_mentions],
    [!facts.following && facts.sender_silenced, facts.for_limited_accounts],
    [!facts.following && facts.sender_is_bot, facts.for_bots],
  ]
  return Math.max(...applying.map(([applies, choice]) => (applies ? choice : 0)))
}

function isSettledFollower(facts: NotificationFacts, now: Date): boolean {
  return facts.followed_since !== null && ageMs(facts.followed_since, now) >= NEW_FOLLOWER_DAYS * DAY_MS
}

function isNewAccount(facts: NotificationFacts, now: Date): boolean {
  return ageMs(facts.sender_created_at, now) < NEW_ACCOUNT_DAYS * DAY_MS
}

function ageMs(date: Date, now: Date): number {
  return now.getTime() - date.getTime()
}
