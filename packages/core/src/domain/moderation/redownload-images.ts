import { accountById } from '@anancus/db/queries/accounts'
import { remoteAccountIds } from '@anancus/db/queries/account-upkeep'
import { forgetProfileImages } from '@anancus/db/queries/domain-accounts'
import type { Ctx } from '../../kernel/context.ts'
import { isLocal } from '../../kernel/uris.ts'
import { fetchProfileImages, profileKeys } from '../media/index.ts'

/** Ids of remote accounts, of one server or of all. */
export const listRemoteAccountIds = (ctx: Ctx, domain: string | null): Promise<string[]> =>
  remoteAccountIds(ctx.db, domain)

/**
 * Downloads the pictures of a remote profile anew.
 *
 * @returns false for a local account, or one that is gone
 * @throws RemoteServerError its server does not answer now
 */
export async function redownloadImages(ctx: Ctx, accountId: string): Promise<boolean> {
  const account = await accountById(ctx.db, accountId)
  if (!account || isLocal(account)) return false
  await ctx.storage.delete(profileKeys(account).filter((key) => key !== null))
  await forgetProfileImages(ctx.db, [account.id])
  await fetchProfileImages(ctx, { accountId: account.id })
  return true
}
