import type { AccountRow } from '@anancus/db'
import { deleteAccountNote, upsertAccountNote } from '@anancus/db/queries/account-notes'
import type { Ctx } from '../../kernel/context.ts'
import { ValidationError } from '../../kernel/errors.ts'
import { MAX_COMMENT_CHARACTERS } from './limits.ts'

/**
 * Keeps what `account` notes about `target`, for its own eyes; a blank comment deletes the note.
 *
 * @throws ValidationError too long
 * @see https://docs.joinmastodon.org/methods/accounts/#note
 */
export async function writeNote(
  ctx: Ctx,
  account: AccountRow,
  target: AccountRow,
  comment: string,
): Promise<void> {
  if (comment.trim() === '') return deleteAccountNote(ctx.db, account.id, target.id)
  if ([...comment].length > MAX_COMMENT_CHARACTERS) {
    throw ValidationError.failed(`Comment is too long (maximum is ${MAX_COMMENT_CHARACTERS} characters)`)
  }
  await upsertAccountNote(ctx.db, account.id, target.id, comment)
}
