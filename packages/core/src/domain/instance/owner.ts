import { firstLocalUsername } from '@anancus/db/queries/instance'
import type { Ctx } from '../../kernel/context.ts'

/** The username of the one person on a server for one, or null before they joined. */
export async function readOwner(ctx: Ctx): Promise<string | null> {
  return ctx.config.env.SINGLE_USER_MODE ? firstLocalUsername(ctx.db) : null
}
