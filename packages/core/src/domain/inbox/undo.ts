import type { AccountRow, StatusRow } from '@anancus/db'
import { accountById } from '@anancus/db/queries/accounts'
import {
  type FoundActivity,
  findActivityByUri,
  localFollowerByUri,
  tiesBetween,
} from '@anancus/db/queries/inbox'
import { statusByUriWithDeleted } from '@anancus/db/queries/remote-statuses'
import { findReblog } from '@anancus/db/queries/status-writes'
import { statusById } from '@anancus/db/queries/statuses'
import { reactionIn } from '../../activitypub/parse/reaction.ts'
import { idOf, isDocument, typesOf } from '../../activitypub/parse/values.ts'
import type { Document } from '../../activitypub/vocabulary.ts'
import type { Ctx } from '../../kernel/context.ts'
import { isOwnUri, localAccountByUri } from '../accounts/index.ts'
import { receiveWithdrawal, withdrawLike, withdrawNamed } from '../interactions/index.ts'
import { recallAcceptance, unblockAccount, unfollowAccount } from '../relationships/index.ts'
import { localStatusByUri, removeStatus } from '../statuses/index.ts'
import type { InboxHandler } from './handler.ts'
import { ignored, type Outcome, processed, rejected } from './outcome.ts'
import { rememberUndone, wasUndone } from './undone.ts'

/**
 * Somebody takes back what they did. Found by the id of the activity, else by what it was done to; one that has not
 * come yet is remembered.
 *
 * @see https://www.w3.org/TR/activitypub/#undo-activity-inbox
 */
export const receiveUndo: InboxHandler = async (ctx, activity, actor) => {
  const { object } = activity
  const uri = idOf(object)
  if (isDocument(object) && object.actor !== undefined && idOf(object.actor) !== actor.uri)
    return rejected('what is undone is of somebody else')
  const found = uri === null ? null : await findActivityByUri(ctx.db, actor.id, uri)
  if (found) return undoFound(ctx, actor, found)
  if (uri !== null && (await wasUndone(ctx, actor.id, uri))) return ignored('undone or done anew already')
  const isDone = isDocument(object) && (await undoByObject(ctx, actor, object))
  if (isDone) return processed()
  if (uri !== null) await rememberUndone(ctx, actor.id, uri)
  return ignored('nothing to undo yet')
}

async function undoFound(ctx: Ctx, actor: AccountRow, found: FoundActivity): Promise<Outcome> {
  if (found.kind === 'reblog') {
    const reblog = await statusById(ctx.db, found.id)
    if (reblog) await removeStatus(ctx, reblog)
  } else if (found.kind === 'favourite') {
    await withdrawLike(ctx, actor, { id: found.other_id })
  } else if (found.kind === 'reaction') {
    await withdrawNamed(ctx, actor, { id: found.other_id }, found.name ?? '')
  } else {
    const target = await accountById(ctx.db, found.other_id)
    if (target && found.kind === 'block') await unblockAccount(ctx, actor, target)
    else if (target) await unfollowAccount(ctx, actor, target)
  }
  return processed()
}

/** For servers whose ids do not last: what was done, and to whom, says enough. */
async function undoByObject(ctx: Ctx, actor: AccountRow, undone: Document): Promise<boolean> {
  const target = idOf(undone.object)
  const [type] = typesOf(undone)
  if (target === null) return false
  if (type === 'Announce') return undoAnnounce(ctx, actor, target)
  if (type === 'Accept') return undoAccept(ctx, actor, target)
  if (type === 'Like' || type === 'EmojiReact') {
    const status = await localStatusByUri(ctx, target)
    return status !== null && (await undoLike(ctx, actor, status, undone))
  }
  const account = type === 'Follow' || type === 'Block' ? await localAccountByUri(ctx, target) : null
  return account !== null && undoTie(ctx, actor, account, type === 'Follow')
}

/** `target` is the Follow that was accepted. */
async function undoAccept(ctx: Ctx, actor: AccountRow, target: string): Promise<boolean> {
  const followerId = await localFollowerByUri(ctx.db, actor.id, target)
  const follower = followerId === null ? null : await accountById(ctx.db, followerId)
  return follower !== null && recallAcceptance(ctx, actor, follower)
}

async function undoLike(ctx: Ctx, actor: AccountRow, status: StatusRow, like: Document): Promise<boolean> {
  const reaction = reactionIn(like)
  return reaction ? receiveWithdrawal(ctx, actor, status, reaction) : withdrawLike(ctx, actor, status)
}

async function undoTie(ctx: Ctx, actor: AccountRow, target: AccountRow, isFollow: boolean): Promise<boolean> {
  const { follows, blocks } = await tiesBetween(ctx.db, actor.id, target.id)
  if (isFollow && follows) await unfollowAccount(ctx, actor, target)
  if (!isFollow && blocks) await unblockAccount(ctx, actor, target)
  return isFollow ? follows : blocks
}

async function undoAnnounce(ctx: Ctx, actor: AccountRow, target: string): Promise<boolean> {
  const status = isOwnUri(ctx, target)
    ? await localStatusByUri(ctx, target)
    : await statusByUriWithDeleted(ctx.db, target)
  const reblog = status && (await findReblog(ctx.db, actor.id, status.id))
  return reblog ? removeStatus(ctx, reblog) : false
}
