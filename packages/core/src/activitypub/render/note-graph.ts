import type { ConversationRow } from '@anancus/db'
import type { Graph } from '../../graph/index.ts'
import type { Uris } from '../../kernel/uris.ts'

/** What a Note says beyond what clients are shown. `federation.loadNotes` loads it. */
export interface NoteGraph extends Graph {
  /** By status id. */
  conversations: ReadonlyMap<string, ConversationPart>
  /** Where a status was approved by the author of what it answers or reblogs, by status id. */
  approvals: ReadonlyMap<string, string>
  /** The first replies of its author to a status, oldest first: ids by status id. */
  selfReplies: ReadonlyMap<string, readonly string[]>
}

/** Says that a status has been approved, and where. */
export function approvalJson(graph: NoteGraph, statusId: string): { approvedBy?: string } {
  const uri = graph.approvals.get(statusId)
  return uri === undefined ? {} : { approvedBy: uri }
}

export type ConversationPart = Pick<
  ConversationRow,
  'id' | 'uri' | 'parent_account_id' | 'parent_status_id' | 'created_at'
>

/** The address of a conversation: its own, that of its collection here, or an opaque name for old ones. */
export function conversationUri(uris: Uris, conversation: ConversationPart): string {
  if (conversation.uri !== null) return conversation.uri
  if (conversation.parent_account_id !== null && conversation.parent_status_id !== null)
    return `${uris.baseUrl}/contexts/${conversation.parent_account_id}-${conversation.parent_status_id}`
  const day = conversation.created_at.toISOString().slice(0, 'YYYY-MM-DD'.length)
  return `tag:${uris.localDomain},${day}:objectId=${conversation.id}:objectType=Conversation`
}
