import type { AccountRow } from '@anancus/db'
import { clearProfileImage } from '@anancus/db/queries/accounts'
import type { Ctx } from '../../kernel/context.ts'
import { profileImageKey } from '../../kernel/storage/keys.ts'
import { announceProfile } from './update-profile.ts'

/**
 * Takes the avatar or header of a profile of ours away; there being none is fine.
 *
 * @returns the account as it is now
 * @see https://docs.joinmastodon.org/methods/profile/#delete-profile-avatar
 */
export async function removeProfileImage(
  ctx: Ctx,
  account: AccountRow,
  kind: 'avatar' | 'header',
): Promise<AccountRow> {
  const keys = (['original', 'static'] as const)
    .map((style) => profileImageKey(account, kind, style))
    .filter((key) => key !== null)
  const changed = await clearProfileImage(ctx.db, account.id, kind)
  await announceProfile(ctx, account)
  // After the row: a file without a row is litter, a row without its file a broken picture.
  await ctx.storage.delete(keys)
  return changed ?? account
}
