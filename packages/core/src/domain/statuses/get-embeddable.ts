import type { StatusRow } from '@anancus/db'
import type { Ctx } from '../../kernel/context.ts'
import { NotFoundError } from '../../kernel/errors.ts'
import { localStatusByUri } from './local-status.ts'
import { getVisibleStatus } from './reads.ts'

/**
 * A status that may stand on other sites: one that everybody may see, and that is no reblog.
 *
 * @throws NotFoundError missing, hidden or a reblog; nobody can tell which
 */
export async function getEmbeddableStatus(ctx: Ctx, id: string): Promise<StatusRow> {
  const { status } = await getVisibleStatus(ctx, null, id)
  if (status.reblog_of_id !== null) throw new NotFoundError('Not Found')
  return status
}

/** As `getEmbeddableStatus`, of ours, by its address. @throws NotFoundError also for addresses elsewhere */
export async function getEmbeddableByUrl(ctx: Ctx, url: string): Promise<StatusRow> {
  const status = await localStatusByUri(ctx, url)
  if (!status) throw new NotFoundError('Not Found')
  return getEmbeddableStatus(ctx, status.id)
}
