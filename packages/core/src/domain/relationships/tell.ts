import { randomUUID } from 'node:crypto'
import type { AccountRow } from '@anancus/db'
import {
  type AnsweredFollow,
  acceptFollowJson,
  blockJson,
  followJson,
  rejectFollowJson,
  undoJson,
} from '../../activitypub/render/index.ts'
import type { Document } from '../../activitypub/vocabulary.ts'
import type { Ctx } from '../../kernel/context.ts'
import { actorUri, isLocal } from '../../kernel/uris.ts'
import { inboxOf, sendActivity } from '../federation/index.ts'

/** A row with an address of its own: a follow, a request, a block. */
interface Addressed {
  id: string
  uri: string | null
}

/** The address of a follow or block of ours; random, so that it tells nothing and never repeats. */
export function newActivityUri(ctx: Ctx): string {
  return `${ctx.config.baseUrl}/${randomUUID()}`
}

/** Asks a remote account to be followed. */
export async function tellFollow(
  ctx: Ctx,
  follower: AccountRow,
  target: AccountRow,
  uri: string,
): Promise<void> {
  if (!isLocal(follower)) return
  await tell(ctx, follower, target, followJson(ctx.config, follower, target, uri))
}

/** Accepts the follow of a remote account. */
export async function tellAccept(
  ctx: Ctx,
  target: AccountRow,
  follower: AccountRow,
  follow: AnsweredFollow,
): Promise<void> {
  if (!isLocal(target)) return
  await tell(ctx, target, follower, acceptFollowJson(ctx.config, target, follower, follow))
}

/** Refuses, or ends, the follow of a remote account. */
export async function tellReject(
  ctx: Ctx,
  target: AccountRow,
  follower: AccountRow,
  follow: AnsweredFollow,
): Promise<void> {
  if (!isLocal(target)) return
  await tell(ctx, target, follower, rejectFollowJson(ctx.config, target, follower, follow))
}

/** Takes a follow or a request of ours back. */
export async function tellUnfollow(
  ctx: Ctx,
  follower: AccountRow,
  target: AccountRow,
  follow: Addressed,
): Promise<void> {
  if (!isLocal(follower)) return
  const actor = actorUri(ctx.config, follower)
  const uri = follow.uri ?? `${actor}#follows/${follow.id}`
  await tell(ctx, follower, target, undoJson(followJson(ctx.config, follower, target, uri), actor))
}

export async function tellBlock(
  ctx: Ctx,
  account: AccountRow,
  target: AccountRow,
  uri: string,
): Promise<void> {
  if (!isLocal(account)) return
  await tell(ctx, account, target, blockJson(ctx.config, account, target, uri))
}

export async function tellUnblock(
  ctx: Ctx,
  account: AccountRow,
  target: AccountRow,
  block: Addressed,
): Promise<void> {
  if (!isLocal(account)) return
  const actor = actorUri(ctx.config, account)
  const uri = block.uri ?? `${actor}#blocks/${block.id}`
  await tell(ctx, account, target, undoJson(blockJson(ctx.config, account, target, uri), actor))
}

/** Among ours the rows say it already; another server gets the activity in the inbox of the account it concerns. */
async function tell(ctx: Ctx, signer: AccountRow, target: AccountRow, activity: Document): Promise<void> {
  if (isLocal(target)) return
  await sendActivity(ctx, { signer, activity, inboxes: [inboxOf(target)] })
}
