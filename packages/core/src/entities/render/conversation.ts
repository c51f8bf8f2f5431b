import type { AccountConversationRow } from '@anancus/db'
import { type Graph, isComplete } from '../../graph/index.ts'
import type { Conversation } from '../types/index.ts'
import { accountJson } from './account.ts'
import { statusJson } from './status.ts'

/** @see https://docs.joinmastodon.org/entities/Conversation/ */
export function conversationJson(graph: Graph, row: AccountConversationRow): Conversation {
  const others = row.participant_account_ids.filter((id) => graph.accounts.get(id))
  const shown = others.length > 0 ? others : [row.account_id]
  const last = row.last_status_id
  return {
    id: row.id,
    unread: row.unread,
    accounts: shown.map((id) => accountJson(graph, id)),
    last_status: last !== null && isComplete(graph, last) ? statusJson(graph, last) : null,
  }
}
