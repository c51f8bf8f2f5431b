import type { AccountRow } from '@anancus/db'
import type { Ctx } from '../../kernel/context.ts'
import { ForbiddenError, NotFoundError } from '../../kernel/errors.ts'
import type { StatusFacts } from '../../policies/status.ts'
import { factsOf, findVisibleStatus, type VisibleStatus } from '../statuses/index.ts'

/**
 * A status that `account` may see and do something to; the deed is judged by what a reblog shows. One statement.
 *
 * @throws NotFoundError missing or not visible
 * @throws ForbiddenError the policy says no
 */
export async function actOn(
  ctx: Ctx,
  account: AccountRow,
  statusId: string,
  can: (accountId: string, facts: StatusFacts) => boolean,
): Promise<VisibleStatus> {
  const found = await findVisibleStatus(ctx, account.id, statusId)
  if (!found) throw new NotFoundError('Not Found')
  if (!can(account.id, factsOf(found.proper))) throw new ForbiddenError()
  return found
}
