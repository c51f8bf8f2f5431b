import type { SessionActivationRow } from '@anancus/db'
import { updateUser, viewerByResetToken } from '@anancus/db/queries/users'
import type { Ctx } from '../../kernel/context.ts'
import { ValidationError } from '../../kernel/errors.ts'
import { transaction } from '../../kernel/transaction.ts'
import type { Viewer } from '../../kernel/viewer.ts'
import { digestOf, revokeAllAccess } from '../oauth/index.ts'
import { MAX_EMAIL, RESET_LIFETIME_SECONDS } from './limits.ts'
import { countMail } from './mail-limit.ts'
import { hashPassword, passwordFits, problemOfPassword } from './password.ts'
import { enqueueMail } from './send-mail.ts'
import { endOtherSessions } from './sessions.ts'
import { Problems } from './validate-registration.ts'

/**
 * Sets a password. Every other session, token, authorisation code and push subscription ends with it, and the user is
 * told by mail.
 *
 * @param kept the session in which it is done; null ends all
 */
export async function setPassword(
  ctx: Ctx,
  viewer: Viewer,
  password: string,
  kept: SessionActivationRow | null,
): Promise<void> {
  const problem = problemOfPassword(password)
  const problems = new Problems()
  if (problem) problems.add('password', problem.error, problem.description)
  problems.throwIfAny()
  const hashed = await hashPassword(password)
  await transaction(ctx, async (tx) => {
    await updateUser(tx.db, viewer.user.id, {
      encrypted_password: hashed,
      reset_password_token: null,
      reset_password_sent_at: null,
    })
    await endOtherSessions(tx, viewer.user.id, kept?.id ?? null)
    await revokeAllAccess(tx, viewer.user.id, kept?.access_token_id ?? null)
    await enqueueMail(tx, 'password_change', viewer.user.id)
  })
}

/** Whether somebody who is signed in knows the password. */
export async function knowsPassword(viewer: Viewer, password: string): Promise<boolean> {
  return passwordFits(password, viewer.user.encrypted_password)
}

/**
 * Sends a link to set a new password, if the address is somebody's. Whether it is cannot be told from outside: the same
 * happens either way, up to the job that sends the mail.
 *
 * @throws RateLimitedError too many for this address
 */
export async function requestPasswordReset(ctx: Ctx, email: string): Promise<void> {
  const address = email.trim().toLowerCase()
  await countMail(ctx, address)
  // What is longer is nobody's, and not worth a place in the queue.
  if (address.length <= MAX_EMAIL)
    await enqueueMail(ctx, 'reset_password_instructions', '0', { email: address })
}

/** Who may set a password by a link, or null when the link is unknown, used or older than six hours. */
export async function findByResetToken(ctx: Ctx, token: string): Promise<Viewer | null> {
  if (token === '') return null
  const viewer = await viewerByResetToken(ctx.db, digestOf(token))
  const sentAt = viewer?.user.reset_password_sent_at?.getTime() ?? 0
  return viewer && ctx.clock.now().getTime() <= sentAt + RESET_LIFETIME_SECONDS * 1000 ? viewer : null
}

/** @throws ValidationError the link is no longer good, or the password not good enough */
export async function resetPassword(ctx: Ctx, token: string, password: string): Promise<void> {
  const viewer = await findByResetToken(ctx, token)
  if (!viewer)
    throw new ValidationError('Password reset token is invalid or expired. Please request a new one.')
  await setPassword(ctx, viewer, password, null)
}
