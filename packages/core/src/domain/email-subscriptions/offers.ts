import { PERMISSIONS } from '@anancus/db'
import { countMailReaders } from '@anancus/db/queries/email-subscriptions'
import { everyonePermissions } from '@anancus/db/queries/invites'
import { viewersByAccountIds } from '@anancus/db/queries/viewers'
import type { Ctx } from '../../kernel/context.ts'
import { NotFoundError } from '../../kernel/errors.ts'
import { isId } from '../../kernel/ids.ts'
import { effectivePermissions } from '../../kernel/permissions.ts'
import type { Viewer } from '../../kernel/viewer.ts'
import { getSetting, preferencesOf } from '../settings/index.ts'

/** A local account with its user. @throws NotFoundError missing, or remote */
export async function getLocal(ctx: Ctx, accountId: string): Promise<Viewer> {
  const viewer = isId(accountId) ? (await viewersByAccountIds(ctx.db, [accountId])).get(accountId) : undefined
  if (!viewer) throw new NotFoundError()
  return viewer
}

/** Whether a user may offer posts by mail: the server and the role say so. */
export async function mayOfferMail(ctx: Ctx, { role }: Viewer): Promise<boolean> {
  if (ctx.config.env.DISABLE_EMAIL_SUBSCRIPTIONS || !(await getSetting(ctx, 'email_subscriptions')))
    return false
  const held = effectivePermissions(role, await everyonePermissions(ctx.db))
  return (held & PERMISSIONS.manage_email_subscriptions) !== 0n
}

/** Whether an account can be read by mail: the server, the role and the user all say so. */
export async function isReadableByMail(ctx: Ctx, viewer: Viewer): Promise<boolean> {
  const { user, account } = viewer
  if (account.suspended_at !== null || !preferencesOf(user).email_subscriptions) return false
  return mayOfferMail(ctx, viewer)
}

/** How many read the viewer by mail. */
export const countReaders = (ctx: Ctx, { account }: Viewer): Promise<number> =>
  countMailReaders(ctx.db, account.id)
