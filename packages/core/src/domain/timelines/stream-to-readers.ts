import { statusBaseJson, statusViewerPart } from '../../entities/index.ts'
import { graphsFor, isComplete, loadGraph } from '../../graph/index.ts'
import type { Ctx } from '../../kernel/context.ts'
import { publishMany } from '../../streaming/index.ts'

/** A stream and the account it is for. */
export interface StreamReader {
  accountId: string
  channel: string
}

/**
 * Sends a status to open home and list timelines. It is rendered once; what differs from viewer to viewer is laid over it, with
 * three statements for all of them.
 *
 * HOT PATH: streaming push.
 */
export async function streamToReaders(
  ctx: Ctx,
  readers: readonly StreamReader[],
  statusId: string,
  kind: 'create' | 'update',
): Promise<void> {
  if (readers.length === 0) return
  const graph = await loadGraph(ctx, null, { statuses: [statusId] })
  if (!isComplete(graph, statusId)) return
  const base = statusBaseJson(graph, statusId)
  const event = kind === 'create' ? 'update' : 'status.update'
  const views = await graphsFor(ctx, graph, [...new Set(readers.map((reader) => reader.accountId))])
  await publishMany(
    ctx,
    readers.flatMap(({ accountId, channel }) => {
      const view = views.get(accountId)
      if (!view) return []
      const payload = { ...base, ...statusViewerPart(view, statusId) }
      return { channel, message: { event, payload } as const }
    }),
  )
}
