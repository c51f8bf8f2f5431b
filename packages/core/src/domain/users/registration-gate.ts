import type { Ctx } from '../../kernel/context.ts'
import { findInvite, type Invitation } from '../invites/index.ts'
import { getSetting } from '../settings/index.ts'
import { judgeAddress } from './sign-up-rules.ts'

export type RegistrationMode = 'open' | 'approved' | 'none'

/** Who may sign up at all: the setting, unless the instance is one person's. */
export async function registrationMode(ctx: Ctx): Promise<RegistrationMode> {
  return ctx.config.env.SINGLE_USER_MODE ? 'none' : getSetting(ctx, 'registrations_mode')
}

export interface OpenRegistration {
  /** Whether a newcomer is let in at once. */
  mode: 'open' | 'approved'
  /** The invitation a newcomer comes with, if it is good. */
  invitation: Invitation | null
}

/**
 * The one gate of form and API alike: null is closed. A good invitation opens what the setting closes, though not for
 * addresses that are blocked; it spares the approval where the role of the inviter says so.
 *
 * @param inviteCode what the newcomer was given; one that is no good counts as none
 */
export async function openRegistration(
  ctx: Ctx,
  ip: string | null,
  inviteCode?: string,
): Promise<OpenRegistration | null> {
  if (ctx.config.env.SINGLE_USER_MODE) return null
  const found = await findInvite(ctx, inviteCode)
  const invitation = found?.isUsable ? found : null
  const mode = await registrationMode(ctx)
  if (mode === 'none' && !invitation) return null
  const verdict = await judgeAddress(ctx, ip)
  if (verdict === 'refused') return null
  const isLetIn = mode === 'open' || invitation?.bypassesApproval === true
  return { mode: verdict === 'fine' && isLetIn ? 'open' : 'approved', invitation }
}
