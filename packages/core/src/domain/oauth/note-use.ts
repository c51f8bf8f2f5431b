import { touchToken } from '@anancus/db/queries/oauth'
import type { Ctx } from '../../kernel/context.ts'
import type { TokenFacts } from '../../kernel/viewer.ts'
import { TOKEN_USE_INTERVAL_MS } from './limits.ts'

/** Writes down, once a day, when and from where a token was used; shown beside the authorised applications. */
export async function noteTokenUse(ctx: Ctx, token: TokenFacts, ip: string | null): Promise<void> {
  const now = ctx.clock.now()
  const last = token.row.last_used_at?.getTime() ?? 0
  if (now.getTime() - last >= TOKEN_USE_INTERVAL_MS) await touchToken(ctx.db, token.id, now, ip)
}
