import { REPLIES_POLICIES, stored } from '@anancus/db'
import { canShowInHome, type HomeStatus, type HomeTies } from './home.ts'

const TO_FOLLOWED = stored(REPLIES_POLICIES, 'followed')
const TO_MEMBERS = stored(REPLIES_POLICIES, 'list')
const NOBODY: ReadonlySet<string> = new Set()

/** What a list says about replies. */
export interface ListRules {
  /** As stored. */
  repliesPolicy: number
  memberIds: Pick<ReadonlySet<string>, 'has'>
}

/**
 * Whether a status of a member goes into a list: what the home feed of its owner shows, were the list not exclusive, and
 * of replies to others only those the list wants; those to the owner always.
 *
 * @param ties of the owner
 * @see https://docs.joinmastodon.org/entities/List/#replies_policy
 */
export function canShowInList(ties: HomeTies, list: ListRules, status: HomeStatus): boolean {
  const { reply, in_reply_to_account_id: answered, account_id: author } = status.status
  if (reply && answered !== author && answered !== ties.accountId && !wantsReplyTo(list, answered))
    return false
  return canShowInHome({ ...ties, inExclusiveList: NOBODY }, status)
}

function wantsReplyTo({ repliesPolicy, memberIds }: ListRules, answered: string | null): boolean {
  if (repliesPolicy === TO_FOLLOWED) return true
  return repliesPolicy === TO_MEMBERS && answered !== null && memberIds.has(answered)
}
