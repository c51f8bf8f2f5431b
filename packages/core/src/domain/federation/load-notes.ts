import { noteExtrasByIds } from '@anancus/db/queries/documents'
import type { NoteGraph } from '../../activitypub/render/index.ts'
import { loadGraph } from '../../graph/index.ts'
import type { Ctx } from '../../kernel/context.ts'

/**
 * Loads what `noteJson`, `createJson`, `updateNoteJson` and `announceJson` need for these statuses: their graph, the
 * statuses they answer, their conversations and first self-replies. A fixed number of statements.
 */
export async function loadNotes(ctx: Ctx, statusIds: readonly string[]): Promise<NoteGraph> {
  const extras = await noteExtrasByIds(ctx.db, statusIds)
  const parents = extras.flatMap((row) => row.in_reply_to_id ?? [])
  const graph = await loadGraph(ctx, null, { statuses: [...new Set([...statusIds, ...parents])] })
  return {
    ...graph,
    conversations: new Map(
      extras.flatMap((row) => {
        if (row.conversation_id === null || row.conversation_created_at === null) return []
        const { parent_account_id, parent_status_id } = row
        const conversation = {
          id: row.conversation_id,
          uri: row.conversation_uri,
          parent_account_id,
          parent_status_id,
          created_at: row.conversation_created_at,
        }
        return [[row.id, conversation] as const]
      }),
    ),
    approvals: new Map(
      extras.flatMap((row) => (row.approval_uri === null ? [] : [[row.id, row.approval_uri] as const])),
    ),
    selfReplies: new Map(extras.map((row) => [row.id, row.self_replies])),
  }
}
