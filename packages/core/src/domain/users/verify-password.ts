import { insertLoginActivity } from '@anancus/db/queries/sessions'
import { viewerByEmail } from '@anancus/db/queries/users'
import type { Ctx } from '../../kernel/context.ts'
import type { Viewer } from '../../kernel/viewer.ts'
import { passwordFits } from './password.ts'
import { warnOfNewPlace } from './suspicious-sign-in.ts'

export interface Visitor {
  ip: string | null
  userAgent: string
}

export type SignInResult =
  | { ok: true; viewer: Viewer }
  /** `second-factor`: the password is right and not enough. */
  | { ok: false; reason: 'invalid' | 'memorial' | 'second-factor' }

/**
 * Checks an e-mail address and a password, and writes the try into the user's history. An unknown address takes as long
 * as a wrong password and hears the same.
 */
export async function verifyPassword(
  ctx: Ctx,
  credentials: { email: string; password: string },
  visitor: Visitor,
): Promise<SignInResult> {
  const viewer = await viewerByEmail(ctx.db, credentials.email.trim())
  const fits = await passwordFits(credentials.password, viewer?.user.encrypted_password ?? null)
  if (!viewer) return { ok: false, reason: 'invalid' }
  const reason = !fits
    ? 'invalid'
    : viewer.account.memorial
      ? 'memorial'
      : viewer.user.otp_required_for_login
        ? 'second-factor'
        : null
  if (reason === null) await warnOfNewPlace(ctx, viewer, visitor)
  await insertLoginActivity(ctx.db, {
    userId: viewer.user.id,
    method: 'password',
    failureReason: reason === 'invalid' ? 'invalid_password' : reason,
    ip: visitor.ip,
    userAgent: visitor.userAgent,
  })
  return reason === null ? { ok: true, viewer } : { ok: false, reason }
}
