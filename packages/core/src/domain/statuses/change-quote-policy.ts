import type { AccountRow, StatusRow, UserRow } from '@anancus/db'
import { setQuotePolicy } from '@anancus/db/queries/quotes'
import { shownSettings } from '../../graph/index.ts'
import { distributeStatusJob } from '../../jobs/index.ts'
import type { Ctx } from '../../kernel/context.ts'
import { enqueue } from '../../kernel/enqueue.ts'
import { ForbiddenError } from '../../kernel/errors.ts'
import { transaction } from '../../kernel/transaction.ts'
import { quotePolicyFor } from './draft-status.ts'

/**
 * Changes who may quote a status of one's own. No edit: nobody is notified, readers and other servers see the change.
 *
 * @param wanted absent is the author's default; what is not public is quoted by nobody whatever is wanted
 * @throws ForbiddenError it is somebody else's, or a reblog
 * @throws ValidationError "Record invalid": no such policy
 * @see https://docs.joinmastodon.org/methods/statuses/#edit_interaction_policy
 */
export async function changeQuotePolicy(
  ctx: Ctx,
  account: AccountRow,
  status: Pick<StatusRow, 'id' | 'account_id' | 'reblog_of_id' | 'visibility'>,
  wanted: string | undefined,
  options: { user: Pick<UserRow, 'settings'> | null },
): Promise<void> {
  if (status.account_id !== account.id || status.reblog_of_id !== null) throw new ForbiddenError()
  const policy = quotePolicyFor(status.visibility, wanted, shownSettings(options.user?.settings ?? null))
  await transaction(ctx, async (tx) => {
    if (await setQuotePolicy(tx.db, status.id, policy))
      await enqueue(tx, distributeStatusJob, { statusId: status.id, kind: 'refresh' })
  })
}
