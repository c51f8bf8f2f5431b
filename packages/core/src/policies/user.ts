import { ForbiddenError } from '../kernel/errors.ts'
import type { Viewer } from '../kernel/viewer.ts'

export type Standing = 'functional' | 'unavailable' | 'unconfirmed' | 'pending' | 'disabled'

/**
 * What a signed-in user may do at all. `unavailable` is a suspended account, `disabled` covers frozen logins, accounts
 * that moved, memorials, and roles that ask for a second factor the user does not have.
 */
export function standingOf({ user, account, role }: Viewer): Standing {
  if (account.suspended_at !== null) return 'unavailable'
  if (user.confirmed_at === null) return 'unconfirmed'
  if (!user.approved) return 'pending'
  const lacksSecondFactor = role.require_2fa && !user.otp_required_for_login
  const isFrozen = user.disabled || account.memorial || account.moved_to_account_id !== null
  return isFrozen || lacksSecondFactor ? 'disabled' : 'functional'
}

const REFUSALS: Record<Exclude<Standing, 'functional'>, string> = {
  unavailable: 'Your login is currently disabled',
  unconfirmed: 'Your login is missing a confirmed e-mail address',
  pending: 'Your login is currently pending approval',
  disabled: 'Your login is currently disabled',
}

/** The API's answer to a user who may not act. */
export function refusalOf(standing: Exclude<Standing, 'functional'>): ForbiddenError {
  return new ForbiddenError(REFUSALS[standing])
}
