import type { Ctx } from '../../kernel/context.ts'
import { RateLimitedError } from '../../kernel/errors.ts'
import { countUse } from '../../kernel/rate-limit.ts'
import { canonicalEmail } from './email-address.ts'

/**
 * Counts a mail that somebody asked for against its address, whoever asked and by whichever route: five in half an
 * hour. While Redis is away nobody counts, and nothing is sent.
 *
 * @throws RateLimitedError
 */
export async function countMail(ctx: Ctx, email: string): Promise<void> {
  const state = await countUse(ctx, 'mails-address', canonicalEmail(email))
  if (state.exceeded) throw new RateLimitedError(state.resetAt)
}
