import type { MediaAttachmentRow, StatusEditRow } from '@anancus/db'
import { editsOfStatus, mediaByIds } from '@anancus/db/queries/graph/status-edits'
import type { Ctx } from '../kernel/context.ts'
import { type Graph, type GraphViewer, isComplete, statusIn } from './graph.ts'
import { loadGraph } from './load.ts'

/** A version of a status: a stored snapshot, or the present one, which has the same shape. */
export type StatusVersion = Pick<
  StatusEditRow,
  | 'text'
  | 'spoiler_text'
  | 'sensitive'
  | 'created_at'
  | 'ordered_media_attachment_ids'
  | 'media_descriptions'
  | 'poll_options'
  | 'quote_id'
>

export interface StatusHistory {
  graph: Graph
  /** Oldest first. */
  versions: readonly StatusVersion[]
  /** Attachments of all versions, by id. */
  media: ReadonlyMap<string, MediaAttachmentRow>
}

/** Loads all versions of a status; one that was never edited has the present one. Null when there is no such status. */
export async function loadHistory(
  ctx: Ctx,
  viewer: GraphViewer | null,
  statusId: string,
): Promise<StatusHistory | null> {
  const edits = await editsOfStatus(ctx.db, statusId)
  const graph = await loadGraph(ctx, viewer, { statuses: [statusId], edits })
  if (!isComplete(graph, statusId)) return null
  const versions = edits.length > 0 ? edits : [presentVersion(graph, statusId)]
  const mediaIds = versions.flatMap((version) => version.ordered_media_attachment_ids ?? [])
  return { graph, versions, media: await mediaByIds(ctx.db, mediaIds) }
}

function presentVersion(graph: Graph, statusId: string): StatusVersion {
  const status = statusIn(graph, statusId)
  return {
    text: status.text,
    spoiler_text: status.spoiler_text,
    sensitive: status.sensitive,
    created_at: status.edited_at ?? status.created_at,
    ordered_media_attachment_ids: status.ordered_media_attachment_ids,
    media_descriptions: null,
    poll_options: graph.polls.get(statusId)?.options ?? null,
    quote_id: graph.quotes.get(statusId)?.id ?? null,
  }
}
