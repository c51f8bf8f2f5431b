import type { AccountRow } from '@anancus/db'
import { localFollowerIds, tiedAccountIds } from '@anancus/db/queries/account-upkeep'
import { accountById } from '@anancus/db/queries/accounts'
import type { Ctx } from '../../kernel/context.ts'
import { followAccount, rejectFollow, unfollowAccount } from '../relationships/index.ts'

/** Lets somebody of ours follow an account, whether it asks to be asked or not. False for oneself, or one who is gone. */
export async function followForOperator(ctx: Ctx, followerId: string, target: AccountRow): Promise<boolean> {
  const follower = await accountById(ctx.db, followerId)
  if (!follower || follower.suspended_at !== null || follower.id === target.id) return false
  await followAccount(ctx, follower, target, { bypassLocked: true })
  return true
}

export async function unfollowForOperator(ctx: Ctx, followerId: string, target: AccountRow): Promise<void> {
  const follower = await accountById(ctx.db, followerId)
  if (follower) await unfollowAccount(ctx, follower, target)
}

/** Ids of our people who follow an account, or ask to. */
export const listLocalFollowerIds = (ctx: Ctx, target: Pick<AccountRow, 'id'>): Promise<string[]> =>
  localFollowerIds(ctx.db, target.id)

/** Ids of whom an account follows, or of who follows it. */
export const listTies = (
  ctx: Ctx,
  account: Pick<AccountRow, 'id'>,
  direction: 'follows' | 'followers',
): Promise<string[]> => tiedAccountIds(ctx.db, account.id, direction)

/** Ends one of these ties, and tells the other side. */
export async function endTie(
  ctx: Ctx,
  account: AccountRow,
  otherId: string,
  direction: 'follows' | 'followers',
): Promise<void> {
  const other = await accountById(ctx.db, otherId)
  if (!other) return
  if (direction === 'follows') await unfollowAccount(ctx, account, other)
  else await rejectFollow(ctx, account, other)
}
