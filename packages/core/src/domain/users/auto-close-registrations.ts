import { permissionMask } from '@anancus/db'
import { anyoneSeenSince, usersWithPermission } from '@anancus/db/queries/users'
import type { Ctx } from '../../kernel/context.ts'
import { transaction } from '../../kernel/transaction.ts'
import { getSetting, saveSettings } from '../settings/index.ts'
import { MODERATOR_ABSENCE_DAYS } from './limits.ts'
import { enqueueMail } from './send-mail.ts'

const MODERATORS = permissionMask('manage_reports', 'administrator')
const OPERATORS = permissionMask('manage_settings', 'administrator')
const DAY_MS = 86_400_000

/**
 * Has newcomers approved once no moderator has been here for a week, and tells those who can open the server again. Not
 * where a list says whose addresses are let in, or the operator does not want it.
 *
 * @returns whether it was open until now
 */
export async function autoCloseRegistrations(ctx: Ctx): Promise<boolean> {
  const { env } = ctx.config
  if (env.DISABLE_AUTOMATIC_SWITCHING_TO_APPROVED_REGISTRATIONS || env.EMAIL_DOMAIN_ALLOWLIST) return false
  if ((await getSetting(ctx, 'registrations_mode')) !== 'open') return false
  const since = new Date(ctx.clock.now().getTime() - MODERATOR_ABSENCE_DAYS * DAY_MS)
  if (await anyoneSeenSince(ctx.db, MODERATORS, since)) return false
  await transaction(ctx, async (tx) => {
    await saveSettings(tx, { registrations_mode: 'approved' })
    for (const { id } of await usersWithPermission(tx.db, OPERATORS))
      await enqueueMail(tx, 'auto_close_registrations', id)
  })
  return true
}
