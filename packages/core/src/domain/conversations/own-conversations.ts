import type { AccountConversationRow, Window } from '@anancus/db'
import {
  conversationsOfAccount,
  deleteConversation as deleteRow,
  setConversationUnread,
} from '@anancus/db/queries/conversations'
import type { Ctx } from '../../kernel/context.ts'
import { NotFoundError } from '../../kernel/errors.ts'
import type { Viewer } from '../../kernel/viewer.ts'
import { streamConversation } from './update-conversations.ts'

/** The viewer's conversations, the latest first; the cursor is `last_status_id`. */
export function listConversations(
  ctx: Ctx,
  viewer: Viewer,
  window: Window,
): Promise<AccountConversationRow[]> {
  return conversationsOfAccount(ctx.db, window, viewer.account.id)
}

/**
 * Marks a conversation as read or unread, also on the viewer's other screens.
 *
 * @throws NotFoundError missing, or somebody else's
 * @see https://docs.joinmastodon.org/methods/conversations/#read
 */
export async function markConversation(
  ctx: Ctx,
  viewer: Viewer,
  id: string,
  isUnread: boolean,
): Promise<AccountConversationRow> {
  const row = await setConversationUnread(ctx.db, viewer.account.id, id, isUnread)
  if (!row) throw new NotFoundError()
  await streamConversation(ctx, row)
  return row
}

/** Forgets a conversation; its statuses stay, and the next one begins it anew. @throws NotFoundError as above */
export async function deleteConversation(ctx: Ctx, viewer: Viewer, id: string): Promise<void> {
  if (!(await deleteRow(ctx.db, viewer.account.id, id))) throw new NotFoundError()
}
