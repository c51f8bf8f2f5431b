import type { StatusRow, Window } from '@anancus/db'
import type { Ctx } from '../../kernel/context.ts'
import type { Viewer } from '../../kernel/viewer.ts'

/** What pushToFeedsJob runs: one batch of followers (the author and the mentioned first), then the next batch's job. */
export declare function pushToFeeds(
  ctx: Ctx,
  payload: { statusId: string; afterFollowId: string; kind: 'create' | 'update' },
): Promise<void>
/** Takes a deleted status (and, with an original, its reblogs) out of home feeds. */
export declare function removeFromFeeds(ctx: Ctx, status: StatusRow): Promise<void>
/** Public and hashtag streams of a new or edited status. */
export declare function publishToStreams(
  ctx: Ctx,
  status: StatusRow,
  kind: 'create' | 'update',
): Promise<void>
/** `delete` on every stream that may have shown the status: home of followers and mentioned, public, hashtags. */
export declare function publishDelete(ctx: Ctx, status: StatusRow): Promise<void>
export declare function mergeFeed(
  ctx: Ctx,
  payload: { fromAccountId: string; intoAccountId: string },
): Promise<void>
export declare function unmergeFeed(
  ctx: Ctx,
  payload: { fromAccountId: string; intoAccountId: string },
): Promise<void>
export declare function buildFeed(ctx: Ctx, payload: { accountId: string }): Promise<void>
/** After a block or mute: takes the target, reblogs of it and mentions of it out of the account's feed. */
export declare function clearFromFeed(ctx: Ctx, accountId: string, targetAccountId: string): Promise<void>
/** Drops the home feeds of users who have been away for USER_ACTIVE_DAYS. */
export declare function dropInactiveFeeds(ctx: Ctx): Promise<void>

export interface HomePage {
  ids: string[]
  /** The feed is being built: the page comes from the database, and 206 is the answer. */
  regenerating: boolean
}
export declare function readHome(ctx: Ctx, viewer: Viewer, window: Window): Promise<HomePage>

export interface PublicFilters {
  local?: boolean | undefined
  remote?: boolean | undefined
  onlyMedia?: boolean | undefined
}
export declare function readPublic(
  ctx: Ctx,
  viewer: Viewer | null,
  window: Window,
  filters: PublicFilters,
): Promise<string[]>
export interface TagFilters extends PublicFilters {
  any?: readonly string[] | undefined
  all?: readonly string[] | undefined
  none?: readonly string[] | undefined
}
export declare function readTag(
  ctx: Ctx,
  viewer: Viewer | null,
  name: string,
  window: Window,
  filters: TagFilters,
): Promise<string[]>
export interface AccountStatusesFilters {
  pinned?: boolean | undefined
  tagged?: string | undefined
  onlyMedia?: boolean | undefined
  excludeReplies?: boolean | undefined
  excludeReblogs?: boolean | undefined
  excludeDirect?: boolean | undefined
}
/** The statuses of an account as the viewer may see them, newest first; pinned ones by the time of pinning. */
export declare function readAccountStatuses(
  ctx: Ctx,
  viewer: Viewer | null,
  accountId: string,
  window: Window,
  filters: AccountStatusesFilters,
): Promise<string[]>
