import { credentialFacts } from '@anancus/db/queries/graph/credentials'
import type { Ctx } from '../kernel/context.ts'

/** What only the owner of an account is told, and no graph holds. */
export interface Credentials {
  /** Counted to 40. */
  followRequests: number
  /** Decimal bit mask of what everyone on this server may. */
  everyonePermissions: string
}

export async function loadCredentials(ctx: Ctx, accountId: string): Promise<Credentials> {
  const facts = await credentialFacts(ctx.db, accountId)
  return { followRequests: Number(facts.follow_requests), everyonePermissions: facts.everyone_permissions }
}
