import type { AccountRow } from '@anancus/db'
import { deleteEndorsement, insertEndorsement } from '@anancus/db/queries/account-pins'
import { findFollow } from '@anancus/db/queries/follows'
import type { Ctx } from '../../kernel/context.ts'
import { ValidationError } from '../../kernel/errors.ts'

/**
 * Shows an account one follows on one's own profile; repeating it changes nothing.
 *
 * @throws ValidationError not followed
 * @see https://docs.joinmastodon.org/methods/accounts/#endorse
 */
export async function endorseAccount(ctx: Ctx, account: AccountRow, target: AccountRow): Promise<void> {
  if (!(await findFollow(ctx.db, account.id, target.id))) {
    throw ValidationError.failed('You must be already following the person you want to endorse')
  }
  await insertEndorsement(ctx.db, account.id, target.id)
}

/** No longer shows it; that it was not shown is fine. */
export async function unendorseAccount(ctx: Ctx, account: AccountRow, target: AccountRow): Promise<void> {
  await deleteEndorsement(ctx.db, account.id, target.id)
}
