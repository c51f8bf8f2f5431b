import type { Ctx } from '../../kernel/context.ts'
import { getSetting } from '../settings/index.ts'
import { judgeAddress } from './sign-up-rules.ts'

export type RegistrationMode = 'open' | 'approved' | 'none'

/** Who may sign up at all: the setting, unless the instance is one person's. */
export async function registrationMode(ctx: Ctx): Promise<RegistrationMode> {
  return ctx.config.env.SINGLE_USER_MODE ? 'none' : getSetting(ctx, 'registrations_mode')
}

/** The one gate of form and API alike: null is closed. */
export async function openRegistration(
  ctx: Ctx,
  ip: string | null,
): Promise<{ mode: 'open' | 'approved' } | null> {
  const mode = await registrationMode(ctx)
  if (mode === 'none') return null
  const verdict = await judgeAddress(ctx, ip)
  if (verdict === 'refused') return null
  return { mode: verdict === 'needs-approval' ? 'approved' : mode }
}
