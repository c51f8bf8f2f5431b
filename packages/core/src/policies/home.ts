import type { StatusRow } from '@anancus/db'
import type { FollowTerms } from '../graph/index.ts'

/** How somebody with a home feed stands to the accounts that a status involves: all by account id. */
export interface HomeTies {
  accountId: string
  /** Follows of the author and of whoever is replied to. */
  following: Pick<ReadonlyMap<string, Pick<FollowTerms, 'showReblogs' | 'languages'>>, 'get' | 'has'>
  blocking: Pick<ReadonlySet<string>, 'has'>
  muting: Pick<ReadonlySet<string>, 'has'>
  blockedBy: Pick<ReadonlySet<string>, 'has'>
  /** Servers hidden, by name. */
  domainBlocking: Pick<ReadonlySet<string>, 'has'>
  /** Members of lists that keep their statuses out of the home feed. */
  inExclusiveList: Pick<ReadonlySet<string>, 'has'>
}

/** A status, and everybody it involves. */
export interface HomeStatus {
  status: Pick<
    StatusRow,
    'account_id' | 'in_reply_to_account_id' | 'in_reply_to_id' | 'language' | 'reblog_of_id' | 'reply'
  >
  /** Author of what it reblogs; null for what is no reblog, or one of something deleted. */
  reblogged: { accountId: string; domain: string | null } | null
  /** Accounts named by the status or by what it reblogs; silent mentions do not count. */
  mentionedIds: readonly string[]
}

/**
 * Whether a status of a followed account goes into a home feed. One's own always do. Keyword filters play no part:
 * they are told with each status and judged by the client.
 *
 * @see https://docs.joinmastodon.org/user/network/#home
 */
export function canShowInHome(ties: HomeTies, { status, reblogged, mentionedIds }: HomeStatus): boolean {
  const author = status.account_id
  if (author === ties.accountId) return true
  if (isReplyToNothing(status)) return false
  if (status.reblog_of_id !== null && !reblogged) return false
  if (ties.inExclusiveList.has(author)) return false
  if (!speaksWantedLanguage(ties, status)) return false
  const involved = [author, ...(reblogged ? [reblogged.accountId] : []), ...mentionedIds]
  if (involved.some((id) => ties.blocking.has(id) || ties.muting.has(id))) return false
  if (ties.blockedBy.has(author)) return false
  if (status.reply) return isReplyOfInterest(ties, status)
  return !reblogged || isReblogWanted(ties, author, reblogged)
}

/** A reply whose parent we never got, or which is gone. */
function isReplyToNothing(status: HomeStatus['status']): boolean {
  return status.reply && (status.in_reply_to_id === null || status.in_reply_to_account_id === null)
}

/** The follow may name languages; a status without one passes. */
function speaksWantedLanguage(ties: HomeTies, status: HomeStatus['status']): boolean {
  const languages = ties.following.get(status.account_id)?.languages
  return !languages?.length || !status.language || languages.includes(status.language)
}

/** Answers to people one follows, to oneself, and of people to themselves. */
function isReplyOfInterest(ties: HomeTies, status: HomeStatus['status']): boolean {
  const answered = status.in_reply_to_account_id
  if (answered === null) return true
  return answered === ties.accountId || answered === status.account_id || ties.following.has(answered)
}

function isReblogWanted(
  ties: HomeTies,
  author: string,
  reblogged: NonNullable<HomeStatus['reblogged']>,
): boolean {
  if (ties.following.get(author)?.showReblogs === false) return false
  if (ties.blockedBy.has(reblogged.accountId)) return false
  return reblogged.domain === null || !ties.domainBlocking.has(reblogged.domain)
}

/** Whether a status goes into a home feed because of a followed hashtag. */
export function canShowTagInHome(
  ties: Omit<HomeTies, 'following' | 'inExclusiveList'>,
  { status, mentionedIds }: HomeStatus,
  authorDomain: string | null,
): boolean {
  const author = status.account_id
  if (author === ties.accountId) return false
  if ([author, ...mentionedIds].some((id) => ties.blocking.has(id) || ties.muting.has(id))) return false
  if (ties.blockedBy.has(author)) return false
  return authorDomain === null || !ties.domainBlocking.has(authorDomain)
}
