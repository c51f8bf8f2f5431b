import type { AccountRow } from '@anancus/db'
import { confirmUser, findTaken, updateUser, viewerByConfirmationToken } from '@anancus/db/queries/users'
import type { Ctx } from '../../kernel/context.ts'
import { ForbiddenError, NotFoundError, ValidationError } from '../../kernel/errors.ts'
import { transaction } from '../../kernel/transaction.ts'
import type { Viewer } from '../../kernel/viewer.ts'
import { isEmailAddress } from './email-address.ts'
import { CONFIRMATION_LIFETIME_SECONDS, MAX_EMAIL } from './limits.ts'
import { countMail } from './mail-limit.ts'
import { confirmationToken } from './register-user.ts'
import { enqueueMail } from './send-mail.ts'
import { checkMailbox, Problems } from './validate-registration.ts'
import { notifyStaffOfPending, welcomeUser } from './welcome-user.ts'

const UNIQUE_VIOLATION = '23505'

export type Confirmation = {
  viewer: Viewer
  /** `changed`: a new address of somebody confirmed before. */
  outcome: 'confirmed' | 'pending' | 'changed'
}

/**
 * Confirms the address behind the link of a mail. The first time the user is let in, or put before the moderators.
 *
 * @throws NotFoundError no such link (used ones included)
 * @throws ValidationError the link is older than two days, or somebody else confirmed the address meanwhile
 */
export async function confirmEmail(ctx: Ctx, token: string): Promise<Confirmation> {
  const viewer = token === '' ? null : await viewerByConfirmationToken(ctx.db, token)
  if (!viewer) throw new NotFoundError('Confirmation token is invalid')
  const sentAt = viewer.user.confirmation_sent_at?.getTime() ?? 0
  if (ctx.clock.now().getTime() > sentAt + CONFIRMATION_LIFETIME_SECONDS * 1000)
    throw new ValidationError('This confirmation link has expired, please request a new one')
  return transaction(ctx, async (tx) => {
    const user = await confirmUser(tx.db, viewer.user.id, tx.clock.now()).catch(refuseTaken)
    if (!user) throw new NotFoundError('Confirmation token is invalid')
    const confirmed = { ...viewer, user }
    if (viewer.user.confirmed_at !== null) return { viewer: confirmed, outcome: 'changed' }
    return { viewer: confirmed, outcome: await enter(tx, confirmed) }
  })
}

function refuseTaken(error: { code?: string }): never {
  if (error.code !== UNIQUE_VIOLATION) throw error
  throw new ValidationError('This address belongs to somebody else by now')
}

/** Confirms without a link, for operators. */
export async function confirmUserNow(ctx: Ctx, viewer: Viewer): Promise<Viewer> {
  return transaction(ctx, async (tx) => {
    const user = await confirmUser(tx.db, viewer.user.id, tx.clock.now())
    if (!user) return viewer
    if (viewer.user.confirmed_at === null) await enter(tx, { ...viewer, user })
    return { ...viewer, user }
  })
}

async function enter(tx: Ctx, viewer: Viewer): Promise<'confirmed' | 'pending'> {
  if (viewer.user.approved) {
    await welcomeUser(tx, viewer)
    return 'confirmed'
  }
  await notifyStaffOfPending(tx, viewer)
  return 'pending'
}

/**
 * Sends the confirmation once more, to another address when one is given and the first is not confirmed yet.
 *
 * @throws ForbiddenError the address is confirmed
 * @throws ValidationError RateLimitedError
 */
export async function resendConfirmation(ctx: Ctx, viewer: Viewer, newEmail?: string): Promise<void> {
  const { user } = viewer
  if (user.confirmed_at !== null && user.unconfirmed_email === null)
    throw new ForbiddenError('This method is only available while the e-mail is awaiting confirmation')
  const email = (newEmail ?? user.unconfirmed_email ?? user.email).toLowerCase()
  const isOther = email !== (user.unconfirmed_email ?? user.email)
  if (isOther) await checkNewEmail(ctx, viewer.account, email)
  await countMail(ctx, email)
  await transaction(ctx, async (tx) => {
    await updateUser(tx.db, user.id, {
      ...(isOther ? (user.confirmed_at === null ? { email } : { unconfirmed_email: email }) : {}),
      // Another address needs another link; the mail itself makes one where there is none.
      ...(isOther ? { confirmation_token: confirmationToken() } : {}),
    })
    await enqueueMail(
      tx,
      user.confirmed_at === null ? 'confirmation_instructions' : 'reconfirmation',
      user.id,
    )
  })
}

/**
 * Sends the confirmation once more to somebody who is not signed in. Whether the address is known and waits cannot be
 * told from outside.
 *
 * @throws RateLimitedError too many for this address
 */
export async function requestConfirmation(ctx: Ctx, email: string): Promise<void> {
  const address = email.trim().toLowerCase()
  await countMail(ctx, address)
  if (address.length <= MAX_EMAIL)
    await enqueueMail(ctx, 'confirmation_instructions', '0', { email: address })
}

/** @throws ValidationError the address is malformed, taken or not allowed */
export async function checkNewEmail(
  ctx: Ctx,
  account: Pick<AccountRow, 'username'>,
  email: string,
): Promise<void> {
  const problems = new Problems()
  if (!isEmailAddress(email)) problems.add('email', 'ERR_INVALID', 'is invalid')
  problems.throwIfAny()
  const taken = await findTaken(ctx.db, account.username, email)
  await checkMailbox(ctx, email, taken.email, problems)
  problems.throwIfAny()
}
