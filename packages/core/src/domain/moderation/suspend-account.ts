import { SUSPENSION_ORIGINS } from '@anancus/db'
import {
  deleteDeletionRequest,
  hasDeletionRequest,
  insertDeletionRequest,
  setRestrictions,
} from '@anancus/db/queries/moderation'
import { afterSuspensionJob, afterUnsuspensionJob } from '../../jobs/index.ts'
import type { Ctx } from '../../kernel/context.ts'
import { enqueue } from '../../kernel/enqueue.ts'
import { ForbiddenError } from '../../kernel/errors.ts'
import { transaction } from '../../kernel/transaction.ts'
import { isLocal } from '../../kernel/uris.ts'
import type { Viewer } from '../../kernel/viewer.ts'
import { requirePermission } from './may.ts'
import { closeStreams } from '../users/index.ts'
import { blockEmailOf, unblockEmailOf } from './canonical-email-blocks.ts'
import { logAction } from './log-action.ts'
import { accountTarget } from './log-targets.ts'
import { getModerated, type ModeratedAccount } from './read-accounts.ts'

/**
 * Suspends an account: nothing it wrote is shown any more, at once; its user is shut out, and the address may not sign up
 * again. Everything stays for thirty days, in which `unsuspendAccount` brings it back. Feeds, follows and other servers
 * follow by `moderation.after_suspension`. In the caller's transaction.
 */
export async function suspendAccount(tx: Ctx, { account, login }: ModeratedAccount): Promise<void> {
  const now = tx.clock.now()
  await insertDeletionRequest(tx.db, account.id, now)
  await setRestrictions(tx.db, account.id, { suspended_at: now, suspension_origin: SUSPENSION_ORIGINS.local })
  if (login) {
    await blockEmailOf(tx, account.id, login.user.email)
    await closeStreams(tx, login)
  }
  await enqueue(tx, afterSuspensionJob, { accountId: account.id })
}

/**
 * Lifts a suspension of ours. Follows of ours that a remote account lost stay lost.
 *
 * @throws ForbiddenError the account is not suspended by us, or its data was deleted already
 * @see https://docs.joinmastodon.org/methods/admin/accounts/#unsuspend
 */
export async function unsuspendAccount(ctx: Ctx, viewer: Viewer, id: string): Promise<void> {
  requirePermission(viewer, 'manage_users')
  await transaction(ctx, async (tx) => {
    const target = await getModerated(tx, id)
    if (!isSuspendedByUs(target) || (await isErased(tx, target))) throw new ForbiddenError()
    await liftSuspension(tx, target)
    await logAction(tx, viewer, 'unsuspend', accountTarget(target))
  })
}

/** Whether it was us who suspended an account. */
export function isSuspendedByUs({ account }: ModeratedAccount): boolean {
  return account.suspended_at !== null && account.suspension_origin === SUSPENSION_ORIGINS.local
}

/** Of one of ours nothing is left once its data was deleted; a remote one its server still has. */
async function isErased(tx: Ctx, { account, login }: ModeratedAccount): Promise<boolean> {
  return isLocal(account) && (!login || !(await hasDeletionRequest(tx.db, account.id)))
}

/** Brings an account back, in the caller's transaction. */
export async function liftSuspension(tx: Ctx, { account }: ModeratedAccount): Promise<void> {
  await deleteDeletionRequest(tx.db, account.id)
  await setRestrictions(tx.db, account.id, { suspended_at: null, suspension_origin: null })
  await unblockEmailOf(tx, account.id)
  await enqueue(tx, afterUnsuspensionJob, { accountId: account.id })
}
