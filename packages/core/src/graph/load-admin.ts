import {
  everyonePermissions,
  type LoginFacts,
  loginFactsByAccountIds,
} from '@anancus/db/queries/admin-accounts'
import { type CitedRule, rulesByIds } from '@anancus/db/queries/reports'
import type { Ctx } from '../kernel/context.ts'

/** What moderators are told and no graph holds. */
export interface AdminFacts {
  /** By account id; remote accounts have none. */
  logins: ReadonlyMap<string, LoginFacts>
  /** What everyone on this server may, as a decimal mask. */
  everyonePermissions: string
  /** The rules that reports name, by their ids. */
  rules: ReadonlyMap<string, CitedRule>
}

/** Loads the logins behind accounts, and rules. At most three statements. */
export async function loadAdminFacts(
  ctx: Ctx,
  wishes: { accounts: readonly string[]; rules?: readonly string[] },
): Promise<AdminFacts> {
  const rules = await rulesByIds(ctx.db, [...new Set(wishes.rules ?? [])])
  return {
    logins: await loginFactsByAccountIds(ctx.db, [...new Set(wishes.accounts)]),
    everyonePermissions: await everyonePermissions(ctx.db),
    rules: new Map(rules.map((rule) => [rule.id, rule])),
  }
}
