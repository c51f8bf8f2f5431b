import { relationsWith } from '@anancus/db/queries/graph/relations'
import { viewerFilters, viewerMarks } from '@anancus/db/queries/graph/viewer'
import type { Ctx } from '../kernel/context.ts'
import type { Graph, GraphViewer } from './graph.ts'
import { marksFrom } from './marks.ts'
import { relationsFrom } from './relations.ts'
import { together } from './together.ts'

/** The part of a graph that belongs to one viewer. */
export type ViewerRows = Pick<Graph, 'filters' | 'marks' | 'relations' | 'viewer'>

/**
 * Loads what each of several viewers has done with the statuses of a graph, their filters, and their ties with the
 * authors and with `others`. Three statements, however many viewers; one when there are no statuses.
 */
export async function loadViewerRows(
  ctx: Ctx,
  graph: Graph,
  viewers: readonly GraphViewer[],
  others: readonly string[] = [],
): Promise<ViewerRows[]> {
  const ids = viewers.map((viewer) => viewer.account.id)
  const statuses = [...graph.statuses.values()].flatMap((status) => status ?? [])
  const statusIds = statuses.map((status) => status.id)
  const accountIds = [...new Set([...others, ...statuses.map((status) => status.account_id)])]
  const [marks, filters, relations] = await together(ctx, [
    () => viewerMarks(ctx.db, ids, statusIds),
    async () => (statusIds.length > 0 ? viewerFilters(ctx.db, ids, graph.now) : []),
    () => relationsWith(ctx.db, ids, accountIds, graph.now),
  ])
  const marksOf = Map.groupBy(marks, (row) => row.viewer_id)
  const filtersOf = Map.groupBy(filters, (row) => row.viewer_id)
  const relationsOf = Map.groupBy(relations, (row) => row.viewer_id)
  return viewers.map((viewer) => ({
    viewer,
    marks: marksFrom(marksOf.get(viewer.account.id) ?? []),
    filters: filtersOf.get(viewer.account.id) ?? [],
    relations: relationsFrom(relationsOf.get(viewer.account.id) ?? []),
  }))
}

/**
 * The same rows as seen by others: one graph an account, sharing all that is not theirs. For streams, where one status
 * goes to many. Three statements in all.
 */
export async function graphsFor(
  ctx: Ctx,
  graph: Graph,
  accountIds: readonly string[],
): Promise<Map<string, Graph>> {
  const viewers = accountIds.map((id) => ({ account: { id } }))
  const parts = await loadViewerRows(ctx, graph, viewers)
  return new Map(parts.map((part, index) => [accountIds[index] ?? '', { ...graph, ...part }]))
}
