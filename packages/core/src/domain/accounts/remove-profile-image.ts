import type { AccountRow } from '@anancus/db'
import type { Ctx } from '../../kernel/context.ts'
import { removeProfileImage as removeImage } from '../media/index.ts'
import { announceProfile } from './update-profile.ts'

/**
 * Takes the avatar or header of a profile of ours away and tells other servers; there being none is fine.
 *
 * @returns the account as it is now
 * @see https://docs.joinmastodon.org/methods/profile/#delete-profile-avatar
 */
export async function removeProfileImage(
  ctx: Ctx,
  account: AccountRow,
  kind: 'avatar' | 'header',
): Promise<AccountRow> {
  const changed = await removeImage(ctx, account, kind)
  await announceProfile(ctx, account)
  return changed
}
