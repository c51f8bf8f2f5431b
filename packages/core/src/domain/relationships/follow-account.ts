import { randomUUID } from 'node:crypto'
import { type AccountRow, INSTANCE_ACTOR_ID } from '@anancus/db'
import { insertFollowRequest, updateFollowRequest } from '@anancus/db/queries/follow-requests'
import {
  hasOtherLocalFollower,
  insertFollow,
  type NewFollow,
  type PairFacts,
  pairFacts,
  updateFollow,
} from '@anancus/db/queries/follows'
import { mergeFeedJob, notifyJob, refreshAccountJob } from '../../jobs/index.ts'
import type { Ctx } from '../../kernel/context.ts'
import { enqueue } from '../../kernel/enqueue.ts'
import { ForbiddenError, InvariantError, NotFoundError, ValidationError } from '../../kernel/errors.ts'
import { isLanguageCode } from '../../kernel/i18n/languages.ts'
import { isLocal } from '../../kernel/uris.ts'
import { isDomainBlocked } from '../federation/index.ts'
import { countInteraction } from '../instance/index.ts'
import { changePair, publishRelationshipsChanged } from './change-pair.ts'
import { countFollows } from './end-follow.ts'
import { FOLLOWS_PER_FOLLOWER, MAX_FOLLOWS } from './limits.ts'
import { newActivityUri, tellAccept, tellFollow, tellReject } from './tell.ts'

export interface FollowOptions {
  /** Show the reblogs of the followed account. Undefined keeps what is set; a new follow shows them. */
  reblogs?: boolean | undefined
  /** Notify of every status. Undefined keeps what is set; a new follow does not. */
  notify?: boolean | undefined
  /** Language codes; none is every language, undefined keeps what is set. */
  languages?: string[] | null | undefined
  /** The id of a remote Follow. */
  uri?: string | null | undefined
  /** Follow at once, whatever the lock of a local target says. */
  bypassLocked?: boolean | undefined
  /** Follow whatever the number of follows (a restored or moved follow). */
  bypassLimit?: boolean | undefined
}

/** `rejected`: refused to a remote account, which has been told so. A local one meets an error instead. */
export type FollowOutcome = 'following' | 'requested' | 'rejected'

/**
 * Follows an account, or asks to: a remote target is always asked, a local one when it is locked or when the follower
 * is limited. Repeating it changes the options (ours) or the address (a remote follower's, who is answered again).
 * Followers are counted once, however many calls run at the same time.
 *
 * @throws NotFoundError the target is suspended, or is the follower
 * @throws ForbiddenError one blocks the other, one hides the server of the other, the target has moved, its server is
 *   refused
 * @throws ValidationError too many follows, unknown language
 * @see https://docs.joinmastodon.org/methods/accounts/#follow
 * @see https://www.w3.org/TR/activitypub/#follow-activity-inbox
 */
export async function followAccount(
  ctx: Ctx,
  account: AccountRow,
  target: AccountRow,
  options: FollowOptions = {},
): Promise<FollowOutcome> {
  return (await followOrChange(ctx, account, target, options)).outcome
}

/** As `followAccount`, and says whether a follow or request was made; a repeated one is not. */
export async function followOrChange(
  ctx: Ctx,
  account: AccountRow,
  target: AccountRow,
  options: FollowOptions = {},
): Promise<{ outcome: FollowOutcome; isNew: boolean }> {
  if (!isLocal(account) && !isLocal(target)) throw new InvariantError('Neither account is ours')
  if (account.id === target.id || target.suspended_at !== null) throw new NotFoundError()
  if (options.languages?.some((code) => !isLanguageCode(code))) {
    throw ValidationError.failed('Languages is invalid')
  }
  const isServerRefused = target.domain !== null && (await isDomainBlocked(ctx, target.domain))
  return changePair(ctx, account, target, async (tx) => {
    const facts = await pairFacts(tx.db, account, target)
    if (isServerRefused || isRefused(account, target, facts)) {
      return repeated(await refuse(tx, account, target, options))
    }
    if (facts.follow_id) return repeated(await changeFollow(tx, account, target, facts.follow_id, options))
    if (facts.request_id) return repeated(await changeRequest(tx, facts.request_id, options))
    requireRoom(account, facts, options)
    const mustAsk =
      !isLocal(target) || account.silenced_at !== null || (target.locked && !options.bypassLocked)
    const make = mustAsk ? ask : follow
    return { outcome: await make(tx, account, target, options), isNew: true }
  })
}

function repeated(outcome: FollowOutcome) {
  return { outcome, isNew: false }
}

function isRefused(account: AccountRow, target: AccountRow, facts: PairFacts): boolean {
  return (
    facts.blocking ||
    facts.blocked_by ||
    facts.domain_blocking ||
    facts.domain_blocked_by ||
    target.moved_to_account_id !== null ||
    target.id === INSTANCE_ACTOR_ID ||
    account.id === INSTANCE_ACTOR_ID
  )
}

async function refuse(
  tx: Ctx,
  account: AccountRow,
  target: AccountRow,
  options: FollowOptions,
): Promise<'rejected'> {
  if (isLocal(account)) throw new ForbiddenError()
  await tellReject(tx, target, account, { id: randomUUID(), uri: options.uri ?? null })
  return 'rejected'
}

async function changeFollow(
  tx: Ctx,
  account: AccountRow,
  target: AccountRow,
  followId: string,
  options: FollowOptions,
): Promise<'following'> {
  const row = await updateFollow(tx.db, followId, changeOf(options))
  if (row && !isLocal(account)) await tellAccept(tx, target, account, row)
  if (options.languages !== undefined) await publishRelationshipsChanged(tx, account)
  return 'following'
}

async function changeRequest(tx: Ctx, requestId: string, options: FollowOptions): Promise<'requested'> {
  await updateFollowRequest(tx.db, requestId, changeOf(options))
  return 'requested'
}

function changeOf(options: FollowOptions) {
  return {
    showReblogs: options.reblogs,
    notify: options.notify,
    languages: options.languages,
    uri: options.uri,
  }
}

function requireRoom(account: AccountRow, facts: PairFacts, options: FollowOptions): void {
  if (!isLocal(account) || options.bypassLimit) return
  const following = Number(facts.following_count)
  const limit =
    following < MAX_FOLLOWS
      ? MAX_FOLLOWS
      : Math.max(Math.round(Number(facts.followers_count) * FOLLOWS_PER_FOLLOWER), MAX_FOLLOWS)
  if (following >= limit) throw ValidationError.failed(`You cannot follow more than ${limit} people`)
}

function newFollow(ctx: Ctx, account: AccountRow, target: AccountRow, options: FollowOptions): NewFollow {
  return {
    accountId: account.id,
    targetAccountId: target.id,
    uri: options.uri ?? (isLocal(account) ? newActivityUri(ctx) : null),
    showReblogs: options.reblogs ?? true,
    notify: options.notify ?? false,
    languages: options.languages ?? null,
  }
}

async function ask(
  tx: Ctx,
  account: AccountRow,
  target: AccountRow,
  options: FollowOptions,
): Promise<'requested'> {
  const request = await insertFollowRequest(tx.db, newFollow(tx, account, target, options))
  if (!request) throw new InvariantError('A request appeared under the lock of its pair')
  if (isLocal(target)) await notifyTarget(tx, 'follow_request', 'FollowRequest', request)
  else await tellFollow(tx, account, target, request.uri ?? newActivityUri(tx))
  await countInteraction(tx, account)
  return 'requested'
}

async function follow(
  tx: Ctx,
  account: AccountRow,
  target: AccountRow,
  options: FollowOptions,
): Promise<'following'> {
  const row = await insertFollow(tx.db, newFollow(tx, account, target, options))
  if (!row) throw new InvariantError('A follow appeared under the lock of its pair')
  await countFollows(tx, [row], 1)
  await tellAccept(tx, target, account, row)
  await notifyTarget(tx, 'follow', 'Follow', row)
  await beginFollow(tx, account, target)
  await countInteraction(tx, account)
  return 'following'
}

/** What starts with a follow, new or accepted: the home feed is filled, a remote profile looked after. */
export async function beginFollow(tx: Ctx, account: AccountRow, target: AccountRow): Promise<void> {
  if (!isLocal(account)) return
  await enqueue(tx, mergeFeedJob, { fromAccountId: target.id, intoAccountId: account.id })
  if (isLocal(target) || (await hasOtherLocalFollower(tx.db, target.id, account.id))) return
  await enqueue(tx, refreshAccountJob, { accountId: target.id })
}

/** Tells a local target by a notification that somebody follows it or asks to. */
export async function notifyTarget(
  tx: Ctx,
  type: 'follow' | 'follow_request',
  activityType: 'Follow' | 'FollowRequest',
  row: { id: string; account_id: string; target_account_id: string },
): Promise<void> {
  await enqueue(tx, notifyJob, {
    recipientId: row.target_account_id,
    type,
    activityType,
    activityId: row.id,
    fromAccountId: row.account_id,
  })
}
