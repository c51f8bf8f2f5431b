import { changeDomainAccounts, type DomainChange } from '@anancus/db/queries/domain-accounts'
import type { Ctx } from '../../kernel/context.ts'
import { transaction } from '../../kernel/transaction.ts'
import { ACCOUNTS_PER_STEP } from './domain-block-limits.ts'

export const FIRST_ID = '-9223372036854775808'

/**
 * Limits or frees the accounts of some servers, in steps of a transaction each.
 *
 * @param at the time that marks what was limited
 * @param isWanted asked in each step, with its context: no more is done once it says no
 * @returns false when it said no
 */
export async function changeServers(
  ctx: Ctx,
  change: DomainChange,
  domains: readonly string[],
  at: Date,
  isWanted: (tx: Ctx) => Promise<boolean> = async () => true,
): Promise<boolean> {
  for (const domain of domains) {
    for (let afterId: string | null = FIRST_ID; afterId !== null; ) {
      const position: { at: Date; afterId: string; limit: number } = { at, afterId, limit: ACCOUNTS_PER_STEP }
      const step = await transaction(ctx, async (tx) =>
        (await isWanted(tx)) ? { next: await changeDomainAccounts(tx.db, change, domain, position) } : null,
      )
      if (!step) return false
      afterId = step.next
    }
  }
  return true
}
