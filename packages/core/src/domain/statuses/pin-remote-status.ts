import type { AccountRow } from '@anancus/db'
import { statusByUri } from '@anancus/db/queries/statuses'
import { countPins, deletePin, insertPin } from '@anancus/db/queries/status-pins'
import type { Ctx } from '../../kernel/context.ts'
import type { FetchBudget } from '../accounts/index.ts'
import { MAX_FEATURED_ITEMS } from './limits.ts'
import { resolveStatusByUri, witnessFor } from './resolve-status.ts'

/**
 * A remote account put a status onto its profile: one of its own, fetched where it is not known.
 *
 * @returns false when there is no such status, it is somebody else's or a reblog, or it is one too many
 * @throws RemoteServerError its server did not answer
 */
export async function pinRemoteStatus(
  ctx: Ctx,
  account: AccountRow,
  uri: string,
  options: { budget?: FetchBudget } = {},
): Promise<boolean> {
  const status = await resolveStatusByUri(ctx, uri, {
    ...options,
    onBehalfOf: await witnessFor(ctx, account),
  })
  if (status?.account_id !== account.id || status.reblog_of_id !== null) return false
  if ((await countPins(ctx.db, account.id)) >= MAX_FEATURED_ITEMS) return false
  await insertPin(ctx.db, account.id, status.id)
  return true
}

/** A remote account took a status off its profile. False: it was not there. */
export async function unpinRemoteStatus(ctx: Ctx, account: AccountRow, uri: string): Promise<boolean> {
  const status = await statusByUri(ctx.db, uri)
  return status !== null && deletePin(ctx.db, account.id, status.id)
}
