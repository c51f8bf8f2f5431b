import { deleteModerationNote, insertModerationNote } from '@anancus/db/queries/moderation'
import type { Ctx } from '../../kernel/context.ts'
import { NotFoundError } from '../../kernel/errors.ts'
import type { Viewer } from '../../kernel/viewer.ts'
import { requirePermission } from './may.ts'
import { checkNote } from './change-report.ts'
import { getModerated } from './read-accounts.ts'

/**
 * Keeps what a moderator thinks of an account, for the others.
 *
 * @returns the id of the note
 * @throws NotFoundError no such account
 * @throws ValidationError blank or too long
 */
export async function noteAccount(ctx: Ctx, viewer: Viewer, id: string, content: string): Promise<string> {
  requirePermission(viewer, 'manage_reports', 'manage_users')
  const { account } = await getModerated(ctx, id)
  return insertModerationNote(ctx.db, viewer.account.id, account.id, checkNote(content))
}

/** @throws NotFoundError no such note about the account */
export async function unnoteAccount(ctx: Ctx, viewer: Viewer, id: string, noteId: string): Promise<void> {
  requirePermission(viewer, 'manage_reports', 'manage_users')
  if (!(await deleteModerationNote(ctx.db, noteId, id))) throw new NotFoundError()
}
