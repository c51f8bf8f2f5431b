import { findTaken } from '@anancus/db/queries/users'
import type { Ctx } from '../../kernel/context.ts'
import { type ValidationDetails, ValidationError } from '../../kernel/errors.ts'
import { isLocale } from '../../kernel/i18n/locales.ts'
import { getSetting } from '../settings/index.ts'
import { ageOf, parseDate } from './age.ts'
import { isEmailAddress } from './email-address.ts'
import { MAX_REASON, MAX_USERNAME } from './limits.ts'
import { problemOfPassword } from './password.ts'
import type { OpenRegistration } from './registration-gate.ts'
import { judgeEmail, judgeUsername } from './sign-up-rules.ts'
import { isUsername, isUsernameTooLong } from './username.ts'

export interface RegistrationInput {
  username: string
  email: string
  password: string
  agreement: boolean
  locale?: string | undefined
  timeZone?: string | undefined
  reason?: string | undefined
  /** `2000-12-31` or `31.12.2000`. */
  dateOfBirth?: string | undefined
  inviteCode?: string | undefined
}

const NAMES: Record<string, string> = {
  username: 'Username',
  email: 'E-mail address',
  password: 'Password',
  agreement: 'Service agreement',
  locale: 'Locale',
  reason: 'Reason',
  date_of_birth: 'Date of birth',
}

/** Collects what is wrong, field by field, in Mastodon's codes and words. */
export class Problems {
  readonly details: ValidationDetails = {}

  add(field: string, error: string, description: string): void {
    this.details[field] = [...(this.details[field] ?? []), { error, description }]
  }

  /** @throws ValidationError when there are any */
  throwIfAny(): void {
    const sentences = Object.entries(this.details).flatMap(([field, problems]) =>
      problems.map(({ description }) => `${NAMES[field] ?? field} ${description}`),
    )
    if (sentences.length > 0)
      throw new ValidationError(`Validation failed: ${sentences.join(', ')}`, this.details)
  }
}

/**
 * Checks all a newcomer says at once, so that a form can show every problem.
 *
 * @returns whether a rule wants a moderator to look first
 * @throws ValidationError with details
 */
export async function validateRegistration(
  ctx: Ctx,
  input: RegistrationInput,
  open: OpenRegistration,
  ip: string | null,
): Promise<{ needsApproval: boolean }> {
  const problems = new Problems()
  const taken = await findTaken(ctx.db, input.username, input.email)
  const name = await checkUsername(ctx, input.username, taken.username, problems)
  const email = await checkEmail(ctx, input.email, taken.email, problems, ip)
  const password = problemOfPassword(input.password)
  if (password) problems.add('password', password.error, password.description)
  if (!input.agreement) problems.add('agreement', 'ERR_ACCEPTED', 'must be accepted')
  if (input.locale && !isLocale(input.locale))
    problems.add('locale', 'ERR_INCLUSION', 'is not included in the list')
  await checkReason(ctx, input.reason, open, problems)
  await checkAge(ctx, input.dateOfBirth, problems)
  problems.throwIfAny()
  return {
    needsApproval: open.mode === 'approved' || name === 'needs-approval' || email === 'needs-approval',
  }
}

async function checkUsername(ctx: Ctx, username: string, isTaken: boolean, problems: Problems) {
  checkUsernameForm(username, problems)
  if (isTaken) problems.add('username', 'ERR_TAKEN', 'has already been taken')
  const verdict = await judgeUsername(ctx, username)
  if (verdict === 'refused') problems.add('username', 'ERR_RESERVED', 'is reserved')
  return verdict
}

/** Blank, odd or long names. */
export function checkUsernameForm(username: string, problems: Problems): void {
  if (username === '') problems.add('username', 'ERR_BLANK', "can't be blank")
  else if (!isUsername(username))
    problems.add('username', 'ERR_INVALID', 'must contain only letters, numbers and underscores')
  if (isUsernameTooLong(username))
    problems.add('username', 'ERR_TOO_LONG', `is too long (maximum is ${MAX_USERNAME} characters)`)
}

async function checkEmail(ctx: Ctx, email: string, isTaken: boolean, problems: Problems, ip: string | null) {
  if (email === '') problems.add('email', 'ERR_BLANK', "can't be blank")
  else if (!isEmailAddress(email)) problems.add('email', 'ERR_INVALID', 'is invalid')
  else return checkMailbox(ctx, email, isTaken, problems, ip)
  return 'fine'
}

/** A well-formed address: taken, banned, or nobody's. */
export async function checkMailbox(
  ctx: Ctx,
  email: string,
  isTaken: boolean,
  problems: Problems,
  ip: string | null = null,
) {
  if (isTaken) problems.add('email', 'ERR_TAKEN', 'has already been taken')
  const verdict = await judgeEmail(ctx, email, ip)
  if (verdict === 'refused') problems.add('email', 'ERR_BLOCKED', 'uses a disallowed e-mail provider')
  if (verdict === 'unreachable') problems.add('email', 'ERR_UNREACHABLE', 'does not seem to exist')
  return verdict
}

async function checkReason(
  ctx: Ctx,
  reason: string | undefined,
  { mode, invitation }: OpenRegistration,
  problems: Problems,
): Promise<void> {
  if (!reason?.trim()) {
    // Whoever invited them knows why.
    if (mode === 'approved' && !invitation && (await getSetting(ctx, 'require_invite_text')))
      problems.add('reason', 'ERR_BLANK', "can't be blank")
  } else if (Array.from(reason).length > MAX_REASON) {
    problems.add('reason', 'ERR_TOO_LONG', `is too long (maximum is ${MAX_REASON} characters)`)
  }
}

async function checkAge(ctx: Ctx, dateOfBirth: string | undefined, problems: Problems): Promise<void> {
  const minimum = await getSetting(ctx, 'min_age')
  if (minimum === null) return
  const date = parseDate(dateOfBirth ?? '')
  if (!dateOfBirth) problems.add('date_of_birth', 'ERR_BLANK', "can't be blank")
  else if (!date) problems.add('date_of_birth', 'ERR_INVALID', 'is invalid')
  else if (ageOf(date, ctx.clock.now()) < minimum)
    problems.add('date_of_birth', 'ERR_BELOW_LIMIT', 'is below the age limit')
}
