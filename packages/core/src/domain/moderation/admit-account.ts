import { deleteAccountRow } from '@anancus/db/queries/moderation'
import type { Ctx } from '../../kernel/context.ts'
import { ForbiddenError } from '../../kernel/errors.ts'
import { transaction } from '../../kernel/transaction.ts'
import type { Viewer } from '../../kernel/viewer.ts'
import { requirePermission } from './may.ts'
import { approveUser, closeStreams } from '../users/index.ts'
import { logAction } from './log-action.ts'
import { userTarget } from './log-targets.ts'
import { getModerated, type ModeratedAccount } from './read-accounts.ts'

/**
 * Lets in somebody who waits.
 *
 * @throws ForbiddenError a remote account, or nobody who waits
 * @see https://docs.joinmastodon.org/methods/admin/accounts/#approve
 */
export async function approveAccount(ctx: Ctx, viewer: Viewer, id: string): Promise<void> {
  await transaction(ctx, async (tx) => {
    const target = await waiting(tx, viewer, id)
    await approveUser(tx, target.login)
    await logAction(tx, viewer, 'approve', userTarget(target))
  })
}

/**
 * Turns away somebody who waits: account and login are deleted, name and address are free again.
 *
 * @throws ForbiddenError a remote account, or nobody who waits
 * @see https://docs.joinmastodon.org/methods/admin/accounts/#reject
 */
export async function rejectAccount(ctx: Ctx, viewer: Viewer, id: string): Promise<void> {
  await transaction(ctx, async (tx) => {
    const target = await waiting(tx, viewer, id)
    await closeStreams(tx, target.login)
    await deleteAccountRow(tx.db, id)
    await logAction(tx, viewer, 'reject', userTarget(target))
  })
}

async function waiting(tx: Ctx, viewer: Viewer, id: string): Promise<ModeratedAccount & { login: Viewer }> {
  const { account, login } = await getModerated(tx, id)
  if (!login) throw new ForbiddenError('Forbidden')
  requirePermission(viewer, 'manage_users')
  if (login.user.approved) throw new ForbiddenError()
  return { account, login }
}
