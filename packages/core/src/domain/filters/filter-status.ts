import type { AccountRow, StatusRow } from '@anancus/db'
import {
  deleteFilteredStatusOf,
  type FilteredStatus,
  insertFilteredStatus,
} from '@anancus/db/queries/filters'
import type { Ctx } from '../../kernel/context.ts'
import { NotFoundError, ValidationError } from '../../kernel/errors.ts'
import { transaction } from '../../kernel/transaction.ts'
import { lockedFilter } from './change-filter.ts'
import { publishFiltersChanged } from './publish-change.ts'

/**
 * Adds one status to a filter, whatever it says.
 *
 * @param status as the owner of the filter may see it; null when it is missing or hidden, which nobody can tell apart
 * @throws NotFoundError the filter is missing or somebody else's
 * @throws ValidationError no status, or one that is in the filter already
 * @see https://docs.joinmastodon.org/methods/filters/#statuses-add
 */
export async function addFilteredStatus(
  ctx: Ctx,
  account: AccountRow,
  filterId: string,
  status: Pick<StatusRow, 'id'> | null,
): Promise<FilteredStatus> {
  return transaction(ctx, async (tx) => {
    await lockedFilter(tx, account, filterId)
    if (!status) throw ValidationError.failed('Status is invalid')
    const entry = await insertFilteredStatus(tx.db, filterId, status.id)
    if (!entry) throw ValidationError.failed('Status has already been taken')
    await publishFiltersChanged(tx, account)
    return entry
  })
}

/** Takes a status out of a filter. @throws NotFoundError missing or somebody else's */
export async function removeFilteredStatus(ctx: Ctx, account: AccountRow, id: string): Promise<void> {
  if (!(await deleteFilteredStatusOf(ctx.db, account.id, id))) throw new NotFoundError()
  await publishFiltersChanged(ctx, account)
}
