import { stored, VISIBILITIES } from '@anancus/db'
import { type HomeStatusRow, type HomeTieRow, homeStatusesByIds, homeTies } from '@anancus/db/queries/feeds'
import type { Ctx } from '../../kernel/context.ts'
import type { FeedEntry } from './feed-store.ts'
import { canShowInHome, canShowTagInHome, type HomeStatus, type HomeTies } from '../../policies/home.ts'

const PUBLIC = stored(VISIBILITIES, 'public')

/** What decides about an owner's feed. */
export interface OwnerTies extends HomeTies {
  /** Wants to see every reblog, however often a status is reblogged. */
  wantsAllReblogs: boolean
  /** Followed hashtags, by id. */
  followedTags: ReadonlySet<string>
}

/** The same while it is collected. */
type Ties = OwnerTies & {
  followedTags: Set<string>
  following: Map<string, { showReblogs: boolean; languages: string[] | null }>
  blocking: Set<string>
  muting: Set<string>
  blockedBy: Set<string>
  domainBlocking: Set<string>
  inExclusiveList: Set<string>
}

function noTies(accountId: string): Ties {
  return {
    accountId,
    following: new Map(),
    blocking: new Set(),
    muting: new Set(),
    blockedBy: new Set(),
    domainBlocking: new Set(),
    inExclusiveList: new Set(),
    wantsAllReblogs: false,
    followedTags: new Set(),
  }
}

/** How each owner of a home feed stands to everybody these statuses involve. One statement. */
export async function loadHomeTies(
  ctx: Ctx,
  ownerIds: readonly string[],
  statuses: readonly HomeStatusRow[],
): Promise<Map<string, OwnerTies>> {
  const rows = await homeTies(ctx.db, ownerIds, {
    accountIds: [...new Set(statuses.flatMap(involvedIn))],
    domains: [
      ...new Set(
        statuses
          .flatMap((status) => [status.author_domain, status.reblogged_domain])
          .filter((domain): domain is string => domain !== null),
      ),
    ],
    tagIds: [...new Set(statuses.flatMap((status) => status.tag_ids))],
    now: ctx.clock.now(),
  })
  const ties = new Map(ownerIds.map((id) => [id, noTies(id)]))
  for (const row of rows) apply(ties.get(row.account_id), row)
  return ties
}

function involvedIn(status: HomeStatusRow): string[] {
  const { account_id, in_reply_to_account_id, reblogged_account_id, mentioned_ids } = status
  return [account_id, in_reply_to_account_id, reblogged_account_id, ...mentioned_ids].filter(
    (id): id is string => id !== null,
  )
}

function apply(ties: Ties | undefined, row: HomeTieRow): void {
  switch (row.kind) {
    case 'following':
      ties?.following.set(row.other, { showReblogs: row.show_reblogs ?? true, languages: row.languages })
      break
    case 'blocking':
      ties?.blocking.add(row.other)
      break
    case 'muting':
      ties?.muting.add(row.other)
      break
    case 'blocked_by':
      ties?.blockedBy.add(row.other)
      break
    case 'domain_blocking':
      ties?.domainBlocking.add(row.other)
      break
    case 'exclusive':
      ties?.inExclusiveList.add(row.other)
      break
    case 'tag':
      ties?.followedTags.add(row.other)
      break
    case 'all_reblogs':
      if (ties) ties.wantsAllReblogs = true
      break
  }
}

/**
 * Whether a status belongs in a home feed: as one of somebody followed, or, where the owner does not follow its author
 * (any more), for a followed hashtag.
 */
export function belongsInHome(ties: OwnerTies, row: HomeStatusRow): boolean {
  const status = homeStatusOf(row)
  const isFromFollowed = row.account_id === ties.accountId || ties.following.has(row.account_id)
  if (isFromFollowed) return canShowInHome(ties, status)
  const isTagged = row.tag_ids.some((id) => ties.followedTags.has(id))
  const isOpen = row.visibility === PUBLIC && row.reblog_of_id === null
  return isTagged && isOpen && canShowTagInHome(ties, status, row.author_domain)
}

/** A status with everybody it involves, as the policies ask for it. */
export function homeStatusOf(row: HomeStatusRow): HomeStatus {
  return {
    status: row,
    reblogged:
      row.reblogged_account_id === null
        ? null
        : { accountId: row.reblogged_account_id, domain: row.reblogged_domain },
    mentionedIds: row.mentioned_ids,
  }
}

/** Of these statuses, those that belong in the home feed of an account, in the given order. Two statements. */
export async function keepForHome(ctx: Ctx, accountId: string, ids: readonly string[]): Promise<FeedEntry[]> {
  const rows = await homeStatusesByIds(ctx.db, ids)
  const found = ids.flatMap((id) => rows.get(id) ?? [])
  if (found.length === 0) return []
  const ties = (await loadHomeTies(ctx, [accountId], found)).get(accountId)
  return ties ? found.filter((row) => belongsInHome(ties, row)).map((row) => entryFor(ties, row)) : []
}

/** How a status is entered: without naming what it reblogs where every reblog is wanted. */
export function entryFor(ties: OwnerTies, { id, reblog_of_id }: FeedEntry): FeedEntry {
  return { id, reblog_of_id: ties.wantsAllReblogs ? null : reblog_of_id }
}
