import type { Ctx } from '@anancus/core/kernel/context'
import { RateLimitedError, UnavailableError } from '@anancus/core/kernel/errors'
import { addressBucket, countUse, type RateLimit } from '@anancus/core/kernel/rate-limit'
import type { Request } from 'express'

const MINUTE = 60
const HOUR = 3600

/** Limits of the forms: what anybody can send, by address; what concerns one mailbox or account, by that. */
const FORMS = {
  sign_in: {
    address: { name: 'form-sign-in', limit: 25, seconds: 5 * MINUTE },
    subject: { name: 'form-sign-in-email', limit: 25, seconds: HOUR },
  },
  sign_up: { address: { name: 'form-sign-up', limit: 25, seconds: 5 * MINUTE } },
  password_reset: { address: { name: 'form-password', limit: 25, seconds: 5 * MINUTE } },
  confirmation: { address: { name: 'form-confirmation', limit: 25, seconds: 5 * MINUTE } },
  setup: {
    address: { name: 'form-setup', limit: 25, seconds: 5 * MINUTE },
    subject: { name: 'form-setup-user', limit: 5, seconds: 10 * MINUTE },
  },
  alias: { subject: { name: 'form-alias', limit: 20, seconds: 10 * MINUTE } },
  password_change: { subject: { name: 'form-password-change', limit: 10, seconds: 10 * MINUTE } },
} satisfies Record<string, { address?: RateLimit; subject?: RateLimit }>

export type FormName = keyof typeof FORMS

/**
 * Counts a form that was sent. Asked after routing, so that no spelling of the path gets round it.
 *
 * @param subject whose mailbox or account it concerns, where the form has such a limit
 * @throws RateLimitedError
 * @throws UnavailableError nobody counts: these forms stay shut then
 */
export async function countForm(ctx: Ctx, req: Request, form: FormName, subject?: string): Promise<void> {
  const limits: { address?: RateLimit; subject?: RateLimit } = FORMS[form]
  const uses: [RateLimit, string][] = []
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
