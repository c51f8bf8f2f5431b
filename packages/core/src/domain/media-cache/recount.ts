import { recountCache } from '@anancus/db/queries/media-cache'
import type { Ctx } from '../../kernel/context.ts'

/** Makes the books of the cache anew from the rows, for those that came while triggers were off. Reads whole tables. */
export const recountMediaCache = (ctx: Ctx): Promise<void> => recountCache(ctx.db)
