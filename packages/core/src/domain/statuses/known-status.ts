import type { StatusRow } from '@anancus/db'
import { statusByUriWithDeleted } from '@anancus/db/queries/remote-statuses'
import type { Ctx } from '../../kernel/context.ts'
import { isOwnUri } from '../accounts/index.ts'
import { localStatusByUri } from './local-status.ts'

/** The status an ActivityPub id names, local or remote, if we have it and it is not deleted. Nothing is fetched. */
export async function knownStatus(ctx: Ctx, uri: string): Promise<StatusRow | null> {
  if (isOwnUri(ctx, uri)) return localStatusByUri(ctx, uri)
  const status = await statusByUriWithDeleted(ctx.db, uri)
  return status && status.deleted_at === null ? status : null
}
