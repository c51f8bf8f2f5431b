import { type AccountRow, isId, type StatusRow } from '@anancus/db'
import { accountById } from '@anancus/db/queries/accounts'
import { favouriteById } from '@anancus/db/queries/interaction-policies'
import { statusById } from '@anancus/db/queries/statuses'
import { httpUri, idOf, isDocument, isSameOrigin, typeAmong } from '../../activitypub/parse/values.ts'
import type { Ctx } from '../../kernel/context.ts'
import { actorUri, isLocal } from '../../kernel/uris.ts'
import { isOwnUri } from '../accounts/index.ts'
import { unfavouriteStatus } from '../interactions/index.ts'
import { localStatusByUri, receiveApproval, receiveDisapproval } from '../statuses/index.ts'
import type { VerifiedActivity } from './handler.ts'
import { ignored, type Outcome, processed, rejected } from './outcome.ts'

/** What newer servers call the question whether something may be done; what is done is its instrument. */
const REQUESTS = ['AnnounceRequest', 'LikeRequest', 'ReplyRequest'] as const
const LIKE = /#likes\/(\d+)$/

/**
 * Somebody approves what one of ours did to a status of theirs: answered, reblogged or liked it.
 *
 * @returns null when the activity answers no such thing
 * @see https://docs.gotosocial.org/en/latest/federation/interaction_policy/
 */
export async function approveInteraction(
  ctx: Ctx,
  activity: VerifiedActivity,
  actor: AccountRow,
): Promise<Outcome | null> {
  const uri = interactionIn(ctx, activity)
  if (uri === null) return null
  if (LIKE.test(uri)) return (await likeAt(ctx, uri, actor)) ? ignored('a like stands without') : null
  const status = await localStatusByUri(ctx, uri)
  if (!status) return null
  // Older servers say by the Accept itself what newer ones say at an address of its own.
  const approvalUri = httpUri(activity.document.result) ?? httpUri(activity.id)
  if (approvalUri !== null && !isSameOrigin(approvalUri, actor.uri))
    return rejected('the approval is of another house')
  return (await receiveApproval(ctx, actor, status, approvalUri)) ? processed() : ignored('nobody asked')
}

/** Somebody does not want what one of ours did to a status of theirs. Null when it answers no such thing. */
export async function refuseInteraction(
  ctx: Ctx,
  activity: VerifiedActivity,
  actor: AccountRow,
): Promise<Outcome | null> {
  const uri = interactionIn(ctx, activity)
  if (uri === null) return null
  if (LIKE.test(uri)) return refuseLike(ctx, uri, actor)
  const status = await localStatusByUri(ctx, uri)
  if (!status) return null
  return (await receiveDisapproval(ctx, actor, status)) ? processed() : ignored('nobody asked')
}

function interactionIn(ctx: Ctx, { object }: VerifiedActivity): string | null {
  const isRequest = isDocument(object) && typeAmong(object, REQUESTS) !== null
  const uri = idOf(isRequest ? object.instrument : object)
  return uri !== null && isOwnUri(ctx, uri) ? uri : null
}

async function refuseLike(ctx: Ctx, uri: string, actor: AccountRow): Promise<Outcome | null> {
  const like = await likeAt(ctx, uri, actor)
  if (!like) return null
  return (await unfavouriteStatus(ctx, like.account, like.status)) ? processed() : ignored('taken back')
}

/** The like of ours that an address of ours names, of a status of the actor's. */
async function likeAt(
  ctx: Ctx,
  uri: string,
  actor: AccountRow,
): Promise<{ account: AccountRow; status: StatusRow } | null> {
  const id = LIKE.exec(uri)?.[1]
  const favourite = !isId(id) ? null : await favouriteById(ctx.db, id)
  if (!favourite) return null
  const account = await accountById(ctx.db, favourite.account_id)
  const status = await statusById(ctx.db, favourite.status_id)
  const isNamed = account && isLocal(account) && uri === `${actorUri(ctx.config, account)}#likes/${id}`
  return isNamed && status?.account_id === actor.id ? { account, status } : null
}
