import type { AccountRow } from '@anancus/db'
import { accountById } from '@anancus/db/queries/accounts'
import {
  deleteDeletionRequest,
  dueDeletions,
  hasDeletionRequest,
  knownInboxUrls,
  lockAccount,
} from '@anancus/db/queries/moderation'
import { updateUser } from '@anancus/db/queries/users'
import { deleteActorJson } from '../../activitypub/render/index.ts'
import { eraseAccountJob, purgeAccountJob } from '../../jobs/index.ts'
import type { Ctx } from '../../kernel/context.ts'
import { enqueue } from '../../kernel/enqueue.ts'
import { ForbiddenError } from '../../kernel/errors.ts'
import { transaction } from '../../kernel/transaction.ts'
import { isLocal } from '../../kernel/uris.ts'
import type { Viewer } from '../../kernel/viewer.ts'
import { requirePermission } from './may.ts'
import { erasableSince } from '../calendar/index.ts'
import { sendActivity } from '../federation/index.ts'
import { revokeAllAccess } from '../oauth/index.ts'
import { DELETIONS_A_ROUND, MAX_WAITING_PULLS } from './limits.ts'
import { logAction } from './log-action.ts'
import { accountTarget } from './log-targets.ts'
import { getModerated, loginOf } from './read-accounts.ts'

/**
 * Deletes the data of a suspended account at once, instead of after thirty days.
 *
 * @throws ForbiddenError it is not suspended, or its data is gone already
 * @see https://docs.joinmastodon.org/methods/admin/accounts/#delete
 */
export async function deleteSuspended(ctx: Ctx, viewer: Viewer, id: string): Promise<void> {
  await transaction(ctx, async (tx) => {
    const target = await getModerated(tx, id)
    requirePermission(viewer, 'delete_user_data')
    const isWaiting = target.account.suspended_at !== null && (await hasDeletionRequest(tx.db, id))
    if (!isWaiting) throw new ForbiddenError()
    await logAction(tx, viewer, 'destroy', accountTarget(target))
    await enqueue(tx, eraseAccountJob, { accountId: id })
  })
}

/**
 * Deletes a suspended account for good. Other servers hear of one of ours; its login is kept, frozen, so that neither
 * name nor address can be taken again. The rest follows by `moderation.purge_account`. A second time does nothing.
 */
export async function eraseAccount(ctx: Ctx, payload: { accountId: string }): Promise<void> {
  const known = await accountById(ctx.db, payload.accountId)
  if (!known) return
  const inboxes = isLocal(known) ? await knownInboxUrls(ctx.db) : []
  await transaction(ctx, async (tx) => {
    const account = await lockAccount(tx.db, payload.accountId)
    if (!account || account.suspended_at === null || !(await hasDeletionRequest(tx.db, account.id))) return
    await deleteDeletionRequest(tx.db, account.id)
    if (isLocal(account)) await closeForGood(tx, account, inboxes)
    await enqueue(tx, purgeAccountJob, { accountId: account.id })
  })
}

async function closeForGood(tx: Ctx, account: AccountRow, inboxes: readonly string[]): Promise<void> {
  await sendActivity(tx, { signer: account, activity: deleteActorJson(tx.config, account), inboxes })
  const login = await loginOf(tx, account)
  if (!login) return
  await updateUser(tx.db, login.user.id, { disabled: true })
  await revokeAllAccess(tx, login.user.id)
}

/** Erases who has been suspended for thirty days, a few at a time; not while the queue is busy. */
export async function eraseSuspended(ctx: Ctx): Promise<number> {
  const queue = await ctx.queues.get(eraseAccountJob.queue)
  if ((await queue.getWaitingCount()) > MAX_WAITING_PULLS) return 0
  const ids = await dueDeletions(ctx.db, erasableSince(ctx), DELETIONS_A_ROUND)
  for (const accountId of ids)
    await enqueue(ctx, eraseAccountJob, { accountId }, { jobId: `erase-${accountId}` })
  return ids.length
}
