import type { AccountRow } from '@anancus/db'
import type { Ctx } from '../../kernel/context.ts'

export interface FollowOptions {
  /** Show the reblogs of the followed account. Undefined keeps what is set; a new follow shows them. */
  reblogs?: boolean | undefined
  /** Notify of every status. */
  notify?: boolean | undefined
  /** ISO 639-1 codes; null or empty is every language. */
  languages?: string[] | null | undefined
  /** The id of a remote Follow. */
  uri?: string | null | undefined
  /** Follow at once, whatever the target's lock says. */
  bypassLocked?: boolean | undefined
}
export declare function followAccount(
  ctx: Ctx,
  account: AccountRow,
  target: AccountRow,
  options?: FollowOptions,
): Promise<'following' | 'requested'>
export declare function unfollowAccount(ctx: Ctx, account: AccountRow, target: AccountRow): Promise<void>
/** `target` accepts `follower`'s request; false when there is none. */
export declare function authorizeFollow(
  ctx: Ctx,
  target: AccountRow,
  follower: AccountRow,
): Promise<boolean>
/** `target` refuses `follower`'s request or removes the follower; false when there was neither. */
export declare function rejectFollow(ctx: Ctx, target: AccountRow, follower: AccountRow): Promise<boolean>
export declare function blockAccount(
  ctx: Ctx,
  account: AccountRow,
  target: AccountRow,
  options?: { uri?: string | null },
): Promise<void>
export declare function unblockAccount(ctx: Ctx, account: AccountRow, target: AccountRow): Promise<void>
export declare function muteAccount(
  ctx: Ctx,
  account: AccountRow,
  target: AccountRow,
  options?: { notifications?: boolean | undefined; durationSeconds?: number | undefined },
): Promise<void>
export declare function unmuteAccount(ctx: Ctx, account: AccountRow, target: AccountRow): Promise<void>
export declare function blockDomain(ctx: Ctx, account: AccountRow, domain: string): Promise<void>
export declare function unblockDomain(ctx: Ctx, account: AccountRow, domain: string): Promise<void>
/** What afterBlockJob runs. */
export declare function afterBlock(
  ctx: Ctx,
  payload: { accountId: string; targetAccountId: string; notifications: boolean },
): Promise<void>
