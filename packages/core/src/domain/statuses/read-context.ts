import { ancestorRows, descendantRows, type ThreadRow } from '@anancus/db/queries/status-threads'
import type { Ctx } from '../../kernel/context.ts'
import type { Viewer } from '../../kernel/viewer.ts'
import { THREAD_LIMITS } from './limits.ts'
import { getStatus, presentableStatuses } from './reads.ts'

export interface Thread {
  /** From the root down. */
  ancestors: string[]
  /** Depth first, statuses in which somebody continues their own words before the rest. */
  descendants: string[]
}

/**
 * The thread around a status, as the viewer may see it. Four statements, whatever its size: the walks end at their
 * limits, and loops of replies end by themselves.
 *
 * @throws NotFoundError the status is missing or not visible
 * @see https://docs.joinmastodon.org/methods/statuses/#context
 */
export async function readContext(ctx: Ctx, viewer: Viewer | null, id: string): Promise<Thread> {
  await getStatus(ctx, viewer, id)
  const limits = viewer ? THREAD_LIMITS.user : THREAD_LIMITS.anonymous
  const [above, below] = await Promise.all([
    ancestorRows(ctx.db, id, limits.ancestors),
    descendantRows(ctx.db, id, limits.descendants),
  ])
  const ancestors = above.map((row) => row.id).reverse()
  const ordered = depthFirst(id, below, limits.depth)
  const descendants = [...ordered.filter(continuesItself), ...ordered.filter((row) => !continuesItself(row))]
  const shown = new Set(
    await presentableStatuses(ctx, viewer, [...ancestors, ...descendants.map((row) => row.id)]),
  )
  return {
    ancestors: ancestors.filter((ancestor) => shown.has(ancestor)),
    descendants: descendants.map((row) => row.id).filter((descendant) => shown.has(descendant)),
  }
}

function continuesItself(row: ThreadRow): boolean {
  return row.in_reply_to_account_id === row.account_id
}

/** Orders replies so that each stands behind what it answers; replies to one status by age. No recursion: threads are deep. */
export function depthFirst(rootId: string, rows: readonly ThreadRow[], maxDepth: number): ThreadRow[] {
  const replies = new Map<string, ThreadRow[]>()
  for (const row of rows) {
    const parent = row.in_reply_to_id ?? rootId
    replies.set(parent, [...(replies.get(parent) ?? []), row])
  }
  const ordered: ThreadRow[] = []
  const waiting = youngestFirst(replies.get(rootId)).map((row) => ({ row, depth: 1 }))
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    ordered.push(next.row)
    if (next.depth >= maxDepth) continue
    for (const row of youngestFirst(replies.get(next.row.id))) waiting.push({ row, depth: next.depth + 1 })
  }
  return ordered
}

function youngestFirst(rows: readonly ThreadRow[] = []): ThreadRow[] {
  return rows.toSorted((one, other) => (BigInt(one.id) < BigInt(other.id) ? 1 : -1))
}
