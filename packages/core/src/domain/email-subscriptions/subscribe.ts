import type { AccountRow, EmailSubscriptionRow } from '@anancus/db'
import {
  confirmEmailSubscription,
  deleteEmailSubscription,
  deleteUnconfirmedSubscriptions,
  emailSubscriptionById,
  insertEmailSubscription,
} from '@anancus/db/queries/email-subscriptions'
import { mailSubscriberJob } from '../../jobs/index.ts'
import type { Ctx } from '../../kernel/context.ts'
import { enqueue } from '../../kernel/enqueue.ts'
import { NotFoundError, type FieldError, ValidationError } from '../../kernel/errors.ts'
import { signedToken, subjectOfToken } from '../../kernel/signed-token.ts'
import { transaction } from '../../kernel/transaction.ts'
import { randomSecret } from '../oauth/index.ts'
import { countMail, isEmailAddress } from '../users/index.ts'
import { CONFIRMATION_DAYS, UNSUBSCRIBE_DAYS } from './limits.ts'
import { getLocal, isReadableByMail } from './offers.ts'

const DAY_MS = 86_400_000
const PURPOSE = 'unsubscribe-reader'

/**
 * Notes that somebody wants to read an account by mail, and asks the address whether it is true.
 *
 * @returns false where the account cannot be read by mail
 * @throws NotFoundError no account of ours
 * @throws ValidationError the address is none, or has asked before; with details
 * @throws RateLimitedError too many mails to this address
 */
export async function subscribeByMail(
  ctx: Ctx,
  accountId: string,
  email: string,
  locale: string,
): Promise<boolean> {
  const viewer = await getLocal(ctx, accountId)
  if (!(await isReadableByMail(ctx, viewer))) return false
  const address = email.trim().toLowerCase()
  if (address === '') throw refusal('ERR_BLANK', "can't be blank")
  if (!isEmailAddress(address)) throw refusal('ERR_INVALID', 'is invalid')
  await countMail(ctx, address)
  await transaction(ctx, async (tx) => {
    const wish = {
      account_id: viewer.account.id,
      email: address,
      locale,
      confirmation_token: randomSecret(),
    }
    const subscription = await insertEmailSubscription(tx.db, wish)
    if (!subscription) throw refusal('ERR_TAKEN', 'has already been taken')
    await enqueue(tx, mailSubscriberJob, { subscriptionId: subscription.id, statusIds: [] })
  })
  return true
}

function refusal(error: string, description: string): ValidationError {
  const details: Record<string, FieldError[]> = { email: [{ error, description }] }
  return new ValidationError(`Validation failed: Email ${description}`, details)
}

/** Confirms an address behind the link of its mail. @throws NotFoundError no such link */
export async function confirmSubscription(
  ctx: Ctx,
  token: string,
): Promise<{ subscription: EmailSubscriptionRow; account: AccountRow }> {
  const subscription = token === '' ? null : await confirmEmailSubscription(ctx.db, token, ctx.clock.now())
  if (!subscription) throw new NotFoundError()
  return { subscription, account: (await getLocal(ctx, subscription.account_id)).account }
}

/** The token of a link that ends a subscription. */
export function unsubscribeToken(ctx: Ctx, subscription: Pick<EmailSubscriptionRow, 'id'>): string {
  const expiresAt = new Date(ctx.clock.now().getTime() + UNSUBSCRIBE_DAYS * DAY_MS)
  return signedToken(ctx.config, PURPOSE, subscription.id, expiresAt)
}

/** Which subscription such a link ends; null for another's or none. */
export async function subscriptionOfToken(ctx: Ctx, token: string): Promise<EmailSubscriptionRow | null> {
  const id = subjectOfToken(ctx.config, PURPOSE, token, ctx.clock.now())
  return id === null ? null : emailSubscriptionById(ctx.db, id)
}

/** Ends a subscription; there being none is fine. */
export async function endSubscription(ctx: Ctx, id: string): Promise<void> {
  await deleteEmailSubscription(ctx.db, id)
}

/** Deletes wishes that nobody confirmed within a week. @returns how many */
export async function cleanUpSubscriptions(ctx: Ctx): Promise<number> {
  const before = new Date(ctx.clock.now().getTime() - CONFIRMATION_DAYS * DAY_MS)
  return deleteUnconfirmedSubscriptions(ctx.db, before)
}
