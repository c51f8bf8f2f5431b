import type { RateName } from '@anancus/core/kernel/config/rate-limits'
import type { Ctx } from '@anancus/core/kernel/context'
import { RateLimitedError, UnavailableError } from '@anancus/core/kernel/errors'
import { addressBucket, countUse } from '@anancus/core/kernel/rate-limit'
import type { Request } from 'express'

/** Limits of the forms: what anybody can send, by address; what concerns one mailbox or account, by that. */
const FORMS = {
  sign_in: {
    address: 'form-sign-in',
    subject: 'form-sign-in-email',
  },
  sign_up: { address: 'form-sign-up' },
  password_reset: { address: 'form-password' },
  confirmation: { address: 'form-confirmation' },
  setup: {
    address: 'form-setup',
    subject: 'form-setup-user',
  },
  alias: { subject: 'form-alias' },
  password_change: { subject: 'form-password-change' },
} satisfies Record<string, { address?: RateName; subject?: RateName }>

export type FormName = keyof typeof FORMS

/**
 * Counts a form that was sent. Asked after routing, so that no spelling of the path gets round it.
 *
 * @param subject whose mailbox or account it concerns, where the form has such a limit
 * @throws RateLimitedError
 * @throws UnavailableError nobody counts: these forms stay shut then
 */
export async function countForm(ctx: Ctx, req: Request, form: FormName, subject?: string): Promise<void> {
  const limits: { address?: RateName; subject?: RateName } = FORMS[form]
  const uses: [RateName, string][] = []
  if (limits.address) uses.push([limits.address, addressBucket(req.ip ?? '')])
  if (limits.subject && subject) uses.push([limits.subject, subject.trim().toLowerCase()])
  const states = await Promise.all(uses.map(([limit, key]) => countUse(ctx, limit, key))).catch(
    (error: unknown) => {
      throw new UnavailableError(undefined, { cause: error })
    },
  )
  const exceeded = states.find((state) => state.exceeded)
  if (exceeded) throw new RateLimitedError(exceeded.resetAt)
}
