import { randomBytes } from 'node:crypto'
import type { AccountRow, OauthApplicationRow, UserRow } from '@anancus/db'
import { insertInviteRequest, insertLocalAccount, insertUser } from '@anancus/db/queries/users'
import type { Ctx } from '../../kernel/context.ts'
import { generateRsaKeyPair } from '../../kernel/crypto.ts'
import { ForbiddenError, ValidationError } from '../../kernel/errors.ts'
import { transaction } from '../../kernel/transaction.ts'
import { takeInvite } from '../invites/index.ts'
import { getSetting } from '../settings/index.ts'
import { countMail } from './mail-limit.ts'
import { hashPassword } from './password.ts'
import { type OpenRegistration, openRegistration, registrationMode } from './registration-gate.ts'
import { enqueueMail } from './send-mail.ts'
import { type RegistrationInput, validateRegistration } from './validate-registration.ts'

export interface RegistrationOptions {
  /** Where the newcomer comes from; rules may ask for approval or refuse. */
  ip: string | null
  /** The app in which they sign up. */
  application?: Pick<OauthApplicationRow, 'id'>
}

/**
 * Signs a newcomer up, by form and API alike: account, login, and the mail that confirms the address.
 *
 * @throws ForbiddenError registrations are closed, or closed to that address
 * @throws ValidationError with details for each field
 * @throws RateLimitedError too many mails for this address
 * @see https://docs.joinmastodon.org/methods/accounts/#create
 */
export async function registerUser(
  ctx: Ctx,
  input: RegistrationInput,
  options: RegistrationOptions,
): Promise<{ user: UserRow; account: AccountRow }> {
  const open = await openRegistration(ctx, options.ip, input.inviteCode)
  if (!open) throw new ForbiddenError('Forbidden')
  const { needsApproval } = await validateRegistration(ctx, input, open, options.ip)
  await countMail(ctx, input.email)
  const isAgeChecked = (await getSetting(ctx, 'min_age')) !== null
  const [keys, password] = await Promise.all([generateRsaKeyPair(), hashPassword(input.password)])
  try {
    return await transaction(ctx, async (tx) => {
      const inviteId = await takeInvitation(tx, open)
      const account = await insertLocalAccount(tx.db, { username: input.username, ...keys })
      const now = tx.clock.now()
      const user = await insertUser(tx.db, {
        account_id: account.id,
        email: input.email,
        encrypted_password: password,
        approved: !needsApproval,
        locale: input.locale || null,
        time_zone: timeZoneOrNull(input.timeZone),
        invite_id: inviteId,
        sign_up_ip: options.ip,
        created_by_application_id: options.application?.id ?? null,
        confirmation_token: confirmationToken(),
        confirmation_sent_at: now,
        age_verified_at: isAgeChecked ? now : null,
      })
      if (input.reason?.trim()) await insertInviteRequest(tx.db, user.id, input.reason)
      await enqueueMail(tx, 'confirmation_instructions', user.id)
      return { user, account }
    })
  } catch (error) {
    throw isTaken(error) ? takenMeanwhile(error as { constraint?: string }) : error
  }
}

/** Counts the use of an invitation. @throws ForbiddenError somebody else was faster, and nobody is let in without */
async function takeInvitation(tx: Ctx, { invitation }: OpenRegistration): Promise<string | null> {
  if (!invitation) return null
  if (await takeInvite(tx, invitation.invite.id)) return invitation.invite.id
  if ((await registrationMode(tx)) === 'open') return null
  throw new ForbiddenError('Forbidden')
}

export function confirmationToken(): string {
  return randomBytes(24).toString('base64url')
}

function timeZoneOrNull(name: string | undefined): string | null {
  if (!name) return null
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone
  } catch {
    return null // unknown: the default holds, as in Mastodon
  }
}

function isTaken(error: unknown): boolean {
  return (error as { code?: string } | null)?.code === '23505'
}

/** Two sign-ups met: the unique index decided, and the later one hears the same as if it had come later. */
function takenMeanwhile(error: { constraint?: string }): ValidationError {
  const isEmail = error.constraint?.includes('email') ?? false
  const name = isEmail ? 'E-mail address' : 'Username'
  return new ValidationError(`Validation failed: ${name} has already been taken`, {
    [isEmail ? 'email' : 'username']: [{ error: 'ERR_TAKEN', description: 'has already been taken' }],
  })
}
