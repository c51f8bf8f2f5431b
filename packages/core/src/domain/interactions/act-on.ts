import type { AccountRow } from '@anancus/db'
import type { Ctx } from '../../kernel/context.ts'
import { ForbiddenError, NotFoundError } from '../../kernel/errors.ts'
import { isLocal } from '../../kernel/uris.ts'
import type { Permission } from '../../policies/interactions.ts'
import type { StatusFacts } from '../../policies/status.ts'
import { factsOf, findVisibleStatus, permissionTo, type VisibleStatus } from '../statuses/index.ts'

/**
 * A status that `account` may see and do something to; the deed is judged by what a reblog shows, and of ours also by
 * what the author lets be done (`kind`). One statement.
 *
 * @throws NotFoundError missing or not visible
 * @throws ForbiddenError the policy says no
 */
export async function actOn(
  ctx: Ctx,
  account: AccountRow,
  statusId: string,
  can: (accountId: string, facts: StatusFacts) => boolean,
  kind?: 'favourite' | 'reblog',
): Promise<VisibleStatus & { permission: Permission }> {
  const found = await findVisibleStatus(ctx, account.id, statusId)
  if (!found) throw new NotFoundError('Not Found')
  if (!can(account.id, factsOf(found.proper))) throw new ForbiddenError()
  // Of others' deeds we hear when they are done; their own servers heed the author's wishes.
  const isOurs = kind !== undefined && isLocal(account)
  const permission = isOurs ? permissionTo(kind, found.proper, account.id) : 'allowed'
  if (permission === 'denied') throw new ForbiddenError()
  return { ...found, permission }
}
