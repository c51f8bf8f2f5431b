import { isId, type StatusRow } from '@anancus/db'
import { quoteTies } from '@anancus/db/queries/quotes'
import type { StatusFactsRow } from '@anancus/db/queries/status-facts'
import type { Ctx } from '../../kernel/context.ts'
import { quoteDecision } from '../../policies/quote.ts'
import { factsOf, findVisibleStatus } from './reads.ts'

const OWN = { follows: false, is_followed: false, is_blocked: false }

/** How an author answers somebody who wants to quote a status. At most one statement. */
export async function decideQuote(
  ctx: Ctx,
  quoterId: string,
  status: StatusFactsRow,
): Promise<ReturnType<typeof quoteDecision>> {
  const ties = status.account_id === quoterId ? OWN : await quoteTies(ctx.db, quoterId, status.account_id)
  return quoteDecision(quoterId, {
    ...factsOf(status),
    status,
    ties: { following: ties.follows, followedBy: ties.is_followed },
    isBlocked: ties.is_blocked,
  })
}

/** The status an account may quote under this id; of a reblog what it reblogs. Null for missing, hidden and refused. */
export async function findQuotable(ctx: Ctx, quoterId: string, id: string): Promise<StatusRow | null> {
  const found = isId(id) ? await findVisibleStatus(ctx, quoterId, id) : null
  if (!found || (await decideQuote(ctx, quoterId, found.proper)) === 'denied') return null
  return found.proper
}
