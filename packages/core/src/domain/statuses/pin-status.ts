import { type AccountRow, type StatusRow, stored, VISIBILITIES } from '@anancus/db'
import { countPins, deletePin, insertPin } from '@anancus/db/queries/status-pins'
import { lockName } from '@anancus/db/queries/status-writes'
import { featuredStatusJson } from '../../activitypub/render/index.ts'
import type { Ctx } from '../../kernel/context.ts'
import { ValidationError } from '../../kernel/errors.ts'
import { transaction } from '../../kernel/transaction.ts'
import { followerInboxes, sendActivity } from '../federation/index.ts'
import { MAX_PINNED_STATUSES } from './limits.ts'
import { refuseProblems } from './status-text.ts'

const DIRECT = stored(VISIBILITIES, 'direct')

/**
 * Pins an own status to its author's profile, at most five, and tells the followers' servers.
 *
 * @throws ValidationError not theirs, a reblog, direct, or one too many; "Duplicate record" when it is pinned
 * @see https://docs.joinmastodon.org/methods/statuses/#pin
 */
export async function pinStatus(ctx: Ctx, account: AccountRow, status: StatusRow): Promise<void> {
  const problems: string[] = []
  if (status.reblog_of_id !== null) problems.push('A boost cannot be pinned')
  if (status.account_id !== account.id) problems.push("Someone else's post cannot be pinned")
  if (status.visibility >= DIRECT)
    problems.push('Posts that are only visible to mentioned users cannot be pinned')
  await transaction(ctx, async (tx) => {
    await lockName(tx.db, `pins:${account.id}`)
    if ((await countPins(tx.db, account.id)) >= MAX_PINNED_STATUSES)
      problems.push('You have already pinned the maximum number of posts')
    refuseProblems(problems)
    if (!(await insertPin(tx.db, account.id, status.id))) throw new ValidationError('Duplicate record')
    await tellFollowers(tx, 'Add', account, status)
  })
}

/** Takes a status off its author's profile, and tells the followers' servers. No error when it is not there. */
export async function unpinStatus(ctx: Ctx, account: AccountRow, status: StatusRow): Promise<void> {
  await transaction(ctx, async (tx) => {
    if (await deletePin(tx.db, account.id, status.id)) await tellFollowers(tx, 'Remove', account, status)
  })
}

async function tellFollowers(
  tx: Ctx,
  type: 'Add' | 'Remove',
  account: AccountRow,
  status: StatusRow,
): Promise<void> {
  await sendActivity(tx, {
    signer: account,
    activity: featuredStatusJson(tx.config, type, account, status),
    inboxes: await followerInboxes(tx, account),
  })
}
