import { wasSeenNear } from '@anancus/db/queries/sessions'
import type { Ctx } from '../../kernel/context.ts'
import type { Viewer } from '../../kernel/viewer.ts'
import { enqueueMail } from './send-mail.ts'
import type { Visitor } from './verify-password.ts'

/**
 * Writes to somebody whose password was used in a place they have never been. Not to newcomers, who have been nowhere,
 * and not where a second factor is asked for besides. To be called before the sign-in is written down.
 */
export async function warnOfNewPlace(ctx: Ctx, { user }: Viewer, visitor: Visitor): Promise<void> {
  // An address that nobody has confirmed may be a stranger's.
  if (user.confirmed_at === null || user.current_sign_in_at === null) return
  if (visitor.ip === null || user.otp_required_for_login) return
  if (await wasSeenNear(ctx.db, user.id, visitor.ip)) return
  const { ip, userAgent } = visitor
  const visit = { ip, userAgent: userAgent.slice(0, MOST_CHARACTERS), at: ctx.clock.now().toISOString() }
  await enqueueMail(ctx, 'suspicious_sign_in', user.id, { visit })
}

const MOST_CHARACTERS = 200
