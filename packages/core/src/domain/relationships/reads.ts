import type { AccountRow, Window } from '@anancus/db'
import { blockPage } from '@anancus/db/queries/blocks'
import {
  countRelationsWithDomain,
  type DomainCounts,
  type DomainEntry,
  domainBlockPage,
} from '@anancus/db/queries/domain-blocks'
import { followRequestPage } from '@anancus/db/queries/follow-requests'
import {
  familiarFollowers,
  followerPage,
  followingPage,
  pairFacts,
  type RelationEntry,
} from '@anancus/db/queries/follows'
import { type MuteEntry, mutePage } from '@anancus/db/queries/mutes'
import type { Ctx } from '../../kernel/context.ts'
import type { Viewer } from '../../kernel/viewer.ts'
import { canListRelations } from '../../policies/account.ts'
import { normalDomain } from '../federation/index.ts'

export type { DomainCounts, DomainEntry, MuteEntry, RelationEntry }

/**
 * Lists who follows an account, as far as the viewer may see it; the cursors are the ids of the follows. Empty when the
 * account is suspended, hides its follows (from others) or blocks the viewer. Whom the viewer blocks, mutes or is
 * blocked by is left out, except in the viewer's own list.
 */
export async function listFollowers(
  ctx: Ctx,
  viewer: Viewer | null,
  account: AccountRow,
  window: Window,
): Promise<RelationEntry[]> {
  if (await areFollowsHidden(ctx, viewer, account)) return []
  return followerPage(ctx.db, window, account.id, exclusionsOf(viewer, account))
}

/** Lists whom an account follows; otherwise as `listFollowers`. */
export async function listFollowing(
  ctx: Ctx,
  viewer: Viewer | null,
  account: AccountRow,
  window: Window,
): Promise<RelationEntry[]> {
  if (await areFollowsHidden(ctx, viewer, account)) return []
  return followingPage(ctx.db, window, account.id, exclusionsOf(viewer, account))
}

async function areFollowsHidden(ctx: Ctx, viewer: Viewer | null, account: AccountRow): Promise<boolean> {
  const viewerId = viewer?.account.id ?? null
  if (!canListRelations(viewerId, account, { blockedByAccount: false })) return true
  if (viewer === null || viewerId === account.id) return false
  const { blocked_by: blockedByAccount } = await pairFacts(ctx.db, viewer.account, account)
  return !canListRelations(viewerId, account, { blockedByAccount })
}

function exclusionsOf(viewer: Viewer | null, account: AccountRow): string | null {
  return viewer === null || viewer.account.id === account.id ? null : viewer.account.id
}

/** Lists who asks to follow the viewer. */
export function listFollowRequests(ctx: Ctx, viewer: Viewer, window: Window): Promise<RelationEntry[]> {
  return followRequestPage(ctx.db, window, viewer.account.id)
}

export function listBlocks(ctx: Ctx, viewer: Viewer, window: Window): Promise<RelationEntry[]> {
  return blockPage(ctx.db, window, viewer.account.id)
}

/** Mutes that have run out are not listed. */
export function listMutes(ctx: Ctx, viewer: Viewer, window: Window): Promise<MuteEntry[]> {
  return mutePage(ctx.db, window, viewer.account.id)
}

export function listDomainBlocks(ctx: Ctx, viewer: Viewer, window: Window): Promise<DomainEntry[]> {
  return domainBlockPage(ctx.db, window, viewer.account.id)
}

/** How many follows hiding a server would cut. */
export function previewDomainBlock(ctx: Ctx, viewer: Viewer, domain: string): Promise<DomainCounts> {
  return countRelationsWithDomain(ctx.db, viewer.account.id, normalDomain(domain))
}

/**
 * For each of `accounts`, in their order: the ids of its followers whom the viewer follows. Nobody when the account
 * hides its follows; followers who hide theirs are left out.
 */
export async function listFamiliarFollowers(
  ctx: Ctx,
  viewer: Viewer,
  accounts: readonly AccountRow[],
): Promise<{ id: string; followerIds: string[] }[]> {
  const pairs = await familiarFollowers(
    ctx.db,
    viewer.account.id,
    accounts.map((account) => account.id),
  )
  return accounts.map(({ id }) => ({
    id,
    followerIds: pairs.filter((pair) => pair.target_account_id === id).map((pair) => pair.account_id),
  }))
}
