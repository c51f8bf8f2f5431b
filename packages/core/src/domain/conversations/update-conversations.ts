import type { StatusRow } from '@anancus/db'
import {
  addToConversations,
  deleteEmptyConversations,
  removeFromConversations,
} from '@anancus/db/queries/conversations'
import { mentionsOfStatus } from '@anancus/db/queries/mentions'
import { conversationLocals } from '@anancus/db/queries/status-audience'
import type { Ctx } from '../../kernel/context.ts'

/**
 * Puts a direct status into the conversations of its author and of everyone it addresses, where they are ours; unread
 * for all but the author. Repeating changes nothing.
 *
 * @see https://docs.joinmastodon.org/entities/Conversation/
 */
export async function updateConversations(ctx: Ctx, status: StatusRow): Promise<void> {
  if (status.conversation_id === null || status.reblog_of_id !== null) return
  const mentions = await mentionsOfStatus(ctx.db, status.id)
  const accountIds = await conversationLocals(ctx.db, status.id, status.account_id)
  if (accountIds.length === 0) return
  await addToConversations(ctx.db, {
    accountIds,
    conversationId: status.conversation_id,
    statusId: status.id,
    everyoneIds: [...new Set([status.account_id, ...mentions.map((mention) => mention.account_id)])],
    authorId: status.account_id,
  })
}

/** Takes a deleted status out of conversations; those in which nothing is left go. */
export async function forgetInConversations(ctx: Ctx, status: StatusRow): Promise<void> {
  if (status.conversation_id === null) return
  await removeFromConversations(ctx.db, status.id, status.conversation_id)
  await deleteEmptyConversations(ctx.db, status.conversation_id)
}
