import type { AccountRow, StatusRow } from '@anancus/db'
import {
  accountInboxUrls,
  followerInboxUrls,
  moveInboxUrls,
  statusInboxUrls,
} from '@anancus/db/queries/deliveries'
import type { Ctx } from '../../kernel/context.ts'

/**
 * The inboxes a status and what happens to it go to: mentioned, quoted and replied-to accounts, followers, those who
 * interacted with a public one, relays. One statement; unavailable servers are left out. The row may be soft-deleted.
 *
 * @param options.includeInteracted whatever the visibility, and the suspended too: for deletions
 */
export function statusInboxes(
  ctx: Ctx,
  status: Pick<StatusRow, 'id'>,
  options: { includeInteracted?: boolean } = {},
): Promise<string[]> {
  return statusInboxUrls(ctx.db, status.id, options.includeInteracted ?? false)
}

/** The inboxes of an account's followers, each server once. One statement. */
export function followerInboxes(ctx: Ctx, account: Pick<AccountRow, 'id'>): Promise<string[]> {
  return followerInboxUrls(ctx.db, account.id)
}

/** The inboxes of everyone who may know an account: for changes of its profile. One statement. */
export function accountReach(ctx: Ctx, account: Pick<AccountRow, 'id'>): Promise<string[]> {
  return accountInboxUrls(ctx.db, account.id)
}

/** The inboxes of those who follow or block an account, and relays: for its Move. One statement. */
export function moveInboxes(ctx: Ctx, account: Pick<AccountRow, 'id'>): Promise<string[]> {
  return moveInboxUrls(ctx.db, account.id)
}
