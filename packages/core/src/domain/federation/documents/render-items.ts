import { noteJson } from '../../../activitypub/render/index.ts'
import type { Document } from '../../../activitypub/vocabulary.ts'
import type { Ctx } from '../../../kernel/context.ts'
import { loadNotes } from '../load-notes.ts'

interface Item {
  id: string
  uri: string | null
  local: boolean
}

/** Items of a collection of statuses: ours whole, others by their address. */
export async function renderItems(ctx: Ctx, rows: readonly Item[]): Promise<(Document | string)[]> {
  const local = rows.filter((row) => row.local).map((row) => row.id)
  const graph = local.length === 0 ? null : await loadNotes(ctx, local)
  return rows.flatMap((row): (Document | string)[] => {
    if (row.local && graph) return [noteJson(graph, ctx.config, row.id)]
    return row.uri === null ? [] : [row.uri]
  })
}

/** The addresses of statuses; ours store theirs too. */
export async function renderUris(ctx: Ctx, rows: readonly Item[]): Promise<string[]> {
  const items = await renderItems(
    ctx,
    rows.filter((row) => row.uri === null),
  )
  const rendered = items.map((item) => (typeof item === 'string' ? item : String(item.id)))
  return rows.flatMap((row) => row.uri ?? rendered.shift() ?? [])
}
