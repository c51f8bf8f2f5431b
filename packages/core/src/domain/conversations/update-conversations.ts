import { type AccountConversationRow, type StatusRow } from '@anancus/db'
import {
  addToConversation,
  deleteEmptyConversations,
  removeFromConversations,
} from '@anancus/db/queries/conversations'
import { mentionsOfStatus } from '@anancus/db/queries/mentions'
import { statusById } from '@anancus/db/queries/statuses'
import { viewersByAccountIds } from '@anancus/db/queries/viewers'
import { renderConversations } from '../../entities/index.ts'
import type { Ctx } from '../../kernel/context.ts'
import { afterCommit } from '../../kernel/transaction.ts'
import { directChannel, listenedTo, publish } from '../../streaming/index.ts'

/**
 * Puts a direct status into the conversation that an account of ours has with everyone else it names, and shows it to
 * the account's open streams; unread, unless the account wrote it. Repeating changes nothing. The author's comes with
 * the distribution; a reader's with the notification, so that what is kept from them comes into no conversation either.
 *
 * @see https://docs.joinmastodon.org/entities/Conversation/
 */
export async function updateConversation(
  ctx: Ctx,
  payload: { accountId: string; statusId: string },
): Promise<void> {
  const status = await statusById(ctx.db, payload.statusId)
  if (!status || status.conversation_id === null || status.reblog_of_id !== null) return
  const mentions = (await mentionsOfStatus(ctx.db, status.id)).filter((mention) => !mention.silent)
  const everyone = new Set([status.account_id, ...mentions.map((mention) => mention.account_id)])
  everyone.delete(payload.accountId)
  const row = await addToConversation(ctx.db, {
    accountId: payload.accountId,
    conversationId: status.conversation_id,
    statusId: status.id,
    participantIds: [...everyone],
    isUnread: status.account_id !== payload.accountId,
  })
  await afterCommit(ctx, (outer) => streamConversation(outer, row))
}

/** Shows a conversation to the open streams of its account; renders nothing while none is open. */
export async function streamConversation(ctx: Ctx, row: AccountConversationRow): Promise<void> {
  const channel = directChannel(row.account_id)
  if ((await listenedTo(ctx, [channel])).size === 0) return
  const viewer = (await viewersByAccountIds(ctx.db, [row.account_id])).get(row.account_id)
  if (!viewer) return
  const [payload] = await renderConversations(ctx, viewer, [row])
  if (payload) await publish(ctx, channel, { event: 'conversation', payload })
}

/** Takes a deleted status out of conversations; those in which nothing is left go. */
export async function forgetInConversations(ctx: Ctx, status: StatusRow): Promise<void> {
  if (status.conversation_id === null) return
  await removeFromConversations(ctx.db, status.id, status.conversation_id)
  await deleteEmptyConversations(ctx.db, status.conversation_id)
}
