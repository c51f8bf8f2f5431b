import { deleteUser, suspendForGood } from '@anancus/db/queries/account-deletion'
import { knownInboxUrls } from '@anancus/db/queries/moderation'
import { deleteActorJson } from '../../activitypub/render/index.ts'
import { purgeAccountJob } from '../../jobs/index.ts'
import type { Ctx } from '../../kernel/context.ts'
import { enqueue } from '../../kernel/enqueue.ts'
import { transaction } from '../../kernel/transaction.ts'
import type { Viewer } from '../../kernel/viewer.ts'
import { sendActivity } from '../federation/index.ts'
import { revokeAllAccess } from '../oauth/index.ts'
import { closeStreams } from '../users/index.ts'

/**
 * Deletes a local account: hidden and signed out at once, other servers told, the login gone. Its statuses, ties and files
 * follow by `moderation.purge_account`. The name stays taken, so that nobody can pose as who was there.
 *
 * @see https://www.w3.org/TR/activitypub/#delete-activity-outbox
 */
export async function deleteAccount(ctx: Ctx, viewer: Viewer): Promise<void> {
  const { account, user } = viewer
  const inboxes = await knownInboxUrls(ctx.db)
  await transaction(ctx, async (tx) => {
    await suspendForGood(tx.db, account.id, tx.clock.now())
    await sendActivity(tx, { signer: account, activity: deleteActorJson(tx.config, account), inboxes })
    await revokeAllAccess(tx, user.id)
    await closeStreams(tx, viewer)
    await deleteUser(tx.db, user.id)
    await enqueue(tx, purgeAccountJob, { accountId: account.id })
  })
}
