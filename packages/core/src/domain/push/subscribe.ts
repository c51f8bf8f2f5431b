import type { SessionActivationRow, WebPushSubscriptionRow } from '@anancus/db'
import {
  bindPushSubscription,
  deletePushSubscription,
  deletePushSubscriptionsOfToken,
  lockTokenForPush,
  pushSubscriptionOfToken,
  replacePushSubscription,
  updatePushSubscriptionOfToken,
  updatePushSubscriptionOfUser,
} from '@anancus/db/queries/push-subscriptions'
import type { Ctx } from '../../kernel/context.ts'
import { NotFoundError, UnauthenticatedError, ValidationError } from '../../kernel/errors.ts'
import { subjectOfToken } from '../../kernel/signed-token.ts'
import { transaction } from '../../kernel/transaction.ts'
import type { Viewer } from '../../kernel/viewer.ts'
import { areUsableKeys } from '../../kernel/web-push.ts'
import { MAX_ENDPOINT_CHARACTERS, MAX_KEY_CHARACTERS } from './limits.ts'
import { type PushDataParams, pushDataFrom, sessionPushData } from './subscription-data.ts'
import { UNSUBSCRIBE } from './unsubscribe-url.ts'

/** Where and how to push: what a browser's `PushSubscription` says. */
export interface SubscriptionParams {
  endpoint?: string | undefined
  p256dh?: string | undefined
  auth?: string | undefined
  /** The final encoding; else the older one. */
  standard?: boolean | undefined
}

/**
 * Subscribes the app behind a token to push messages, in place of what it had.
 *
 * @throws ValidationError the endpoint is no web address, or nothing can be encrypted for the keys
 * @throws UnauthenticatedError the token was revoked meanwhile
 * @see https://docs.joinmastodon.org/methods/push/#create
 */
export async function subscribeToken(
  ctx: Ctx,
  viewer: Viewer,
  tokenId: string,
  params: SubscriptionParams,
  data: PushDataParams | undefined,
): Promise<WebPushSubscriptionRow> {
  const checked = checkSubscription(params)
  return transaction(ctx, async (tx) => {
    if (!(await lockTokenForPush(tx.db, tokenId)))
      throw new UnauthenticatedError('The access token was revoked')
    return replacePushSubscription(tx.db, {
      ...checked,
      tokenId,
      userId: viewer.user.id,
      data: pushDataFrom(data),
    })
  })
}

/** What a token is subscribed to. @throws NotFoundError to nothing */
export async function getTokenSubscription(ctx: Ctx, tokenId: string): Promise<WebPushSubscriptionRow> {
  return found(await pushSubscriptionOfToken(ctx.db, tokenId))
}

/** Replaces what a token wants to be told of, all of it. @throws NotFoundError it has no subscription */
export async function changeTokenSubscription(
  ctx: Ctx,
  tokenId: string,
  data: PushDataParams | undefined,
): Promise<WebPushSubscriptionRow> {
  return found(await updatePushSubscriptionOfToken(ctx.db, tokenId, pushDataFrom(data)))
}

/** Ends the subscription of a token; none is fine. */
export async function unsubscribeToken(ctx: Ctx, tokenId: string): Promise<void> {
  await deletePushSubscriptionsOfToken(ctx.db, tokenId)
}

/**
 * Subscribes the browser of a session. On a phone it is told of everything unless it chose.
 *
 * @throws ValidationError UnauthenticatedError as `subscribeToken`
 */
export async function subscribeSession(
  ctx: Ctx,
  viewer: Viewer,
  session: Pick<SessionActivationRow, 'id' | 'access_token_id' | 'user_agent'>,
  params: SubscriptionParams,
  data: PushDataParams | undefined,
): Promise<WebPushSubscriptionRow> {
  const checked = checkSubscription(params)
  const tokenId = session.access_token_id
  return transaction(ctx, async (tx) => {
    if (tokenId === null || !(await lockTokenForPush(tx.db, tokenId)))
      throw new UnauthenticatedError('The access token was revoked')
    const row = await replacePushSubscription(tx.db, {
      ...checked,
      tokenId,
      userId: viewer.user.id,
      data: sessionPushData(data, isHandheld(session.user_agent)),
    })
    await bindPushSubscription(tx.db, session.id, row.id)
    return row
  })
}

/** Replaces what a subscription of this user wants to be told of. @throws NotFoundError not theirs */
export async function changeUserSubscription(
  ctx: Ctx,
  viewer: Viewer,
  id: string,
  data: PushDataParams | undefined,
): Promise<WebPushSubscriptionRow> {
  const row = await updatePushSubscriptionOfUser(ctx.db, id, viewer.user.id, pushDataFrom(data))
  if (!row) throw new NotFoundError()
  return row
}

/** Ends the subscription that a message's `Unsubscribe-URL` names; a token that is none does nothing. */
export async function unsubscribeByToken(ctx: Ctx, token: string): Promise<void> {
  const id = subjectOfToken(ctx.config, UNSUBSCRIBE, token, ctx.clock.now())
  if (id !== null) await deletePushSubscription(ctx.db, id)
}

function found(row: WebPushSubscriptionRow | null): WebPushSubscriptionRow {
  if (!row) throw new NotFoundError('Not Found')
  return row
}

function checkSubscription(params: SubscriptionParams) {
  const { endpoint = '', p256dh = '', auth = '', standard = false } = params
  const problems: string[] = []
  if (endpoint.trim() === '') problems.push("Endpoint can't be blank")
  else if (!isWebAddress(endpoint)) problems.push('Endpoint is invalid')
  if (p256dh.trim() === '') problems.push("Key p256dh can't be blank")
  if (auth.trim() === '') problems.push("Key auth can't be blank")
  if (problems.length === 0 && !isShortAndUsable(p256dh, auth))
    problems.push('is not a valid Ed25519 or Curve25519 key')
  if (problems.length > 0) throw ValidationError.failed(...problems)
  return { endpoint, keyP256dh: p256dh, keyAuth: auth, standard }
}

function isShortAndUsable(p256dh: string, auth: string): boolean {
  return Math.max(p256dh.length, auth.length) <= MAX_KEY_CHARACTERS && areUsableKeys({ p256dh, auth })
}

function isWebAddress(text: string): boolean {
  const url = text.length <= MAX_ENDPOINT_CHARACTERS ? URL.parse(text) : null
  return (
    url !== null && ['https:', 'http:'].includes(url.protocol) && url.username === '' && url.password === ''
  )
}

/** Phones and tablets show no notifications of pages: they need pushes. */
function isHandheld(userAgent: string): boolean {
  return /mobi|android|iphone|ipad|ipod|tablet|silk|kindle/i.test(userAgent)
}
