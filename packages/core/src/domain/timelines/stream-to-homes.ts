import { statusBaseJson, statusViewerPart } from '../../entities/index.ts'
import { graphsFor, isComplete, loadGraph } from '../../graph/index.ts'
import type { Ctx } from '../../kernel/context.ts'
import { homeChannel, publishMany } from '../../streaming/index.ts'

/**
 * Sends a status to open home timelines. It is rendered once; what differs from viewer to viewer is laid over it, with
 * three statements for all of them.
 *
 * HOT PATH: streaming push.
 */
export async function streamToHomes(
  ctx: Ctx,
  accountIds: readonly string[],
  statusId: string,
  kind: 'create' | 'update',
): Promise<void> {
  if (accountIds.length === 0) return
  const graph = await loadGraph(ctx, null, { statuses: [statusId] })
  if (!isComplete(graph, statusId)) return
  const base = statusBaseJson(graph, statusId)
  const event = kind === 'create' ? 'update' : 'status.update'
  await publishMany(
    ctx,
    [...(await graphsFor(ctx, graph, accountIds))].map(([id, view]) => ({
      channel: homeChannel(id),
      message: { event, payload: { ...base, ...statusViewerPart(view, statusId) } } as const,
    })),
  )
}
