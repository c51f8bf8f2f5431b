import type { DomainBlockRow, Window } from '@anancus/db'
import { domainBlockById, domainBlockRows } from '@anancus/db/queries/domain-moderation'
import type { Ctx } from '../../kernel/context.ts'
import { NotFoundError } from '../../kernel/errors.ts'

/** Lists domain blocks with all that is said of them, newest first. For administrators. */
export function listDomainBlocks(ctx: Ctx, window: Window): Promise<DomainBlockRow[]> {
  return domainBlockRows(ctx.db, window)
}

/** @throws NotFoundError */
export async function getDomainBlock(ctx: Ctx, id: string): Promise<DomainBlockRow> {
  const block = await domainBlockById(ctx.db, id)
  if (!block) throw new NotFoundError()
  return block
}
