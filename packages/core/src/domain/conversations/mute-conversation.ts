import type { AccountRow, StatusRow } from '@anancus/db'
import { deleteConversationMute, insertConversationMute } from '@anancus/db/queries/conversations'
import type { Ctx } from '../../kernel/context.ts'
import { ValidationError } from '../../kernel/errors.ts'

/**
 * Ends notifications about the thread of a status. No error when it is muted.
 *
 * @throws ValidationError the status belongs to no conversation
 * @see https://docs.joinmastodon.org/methods/statuses/#mute
 */
export async function muteConversation(ctx: Ctx, account: AccountRow, status: StatusRow): Promise<void> {
  await insertConversationMute(ctx.db, account.id, conversationOf(status))
}

/** Undoes `muteConversation`. No error when it is not muted. @throws ValidationError as there */
export async function unmuteConversation(ctx: Ctx, account: AccountRow, status: StatusRow): Promise<void> {
  await deleteConversationMute(ctx.db, account.id, conversationOf(status))
}

function conversationOf(status: StatusRow): string {
  if (status.conversation_id === null) throw new ValidationError('Mastodon::ValidationError')
  return status.conversation_id
}
