import type { Status } from '@anancus/core/entities/types'

type Reply = Pick<Status, 'id' | 'in_reply_to_id'>

export interface ThreadRow {
  id: string
  /** How far it is set in: 0 for an answer to the post in question. */
  depth: number
}

/** Deeper answers stand no further in: the line above says to whom they reply. */
export const MAX_THREAD_DEPTH = 3

/**
 * Puts answers below what they answer, each with its depth, in the order given otherwise. Answers to something missing
 * stand at the left edge; none is lost.
 */
export function threadRows(rootId: string, replies: readonly Reply[]): ThreadRow[] {
  const known = new Set(replies.map((reply) => reply.id))
  const byParent = Map.groupBy(replies, ({ id, in_reply_to_id: parent }) =>
    parent && parent !== id && known.has(parent) ? parent : rootId,
  )
  const rows: ThreadRow[] = []
  const seen = new Set<string>()
  const stack = children(byParent, rootId, 0)
  while (stack.length > 0) {
    const row = stack.pop()
    if (!row || seen.has(row.id)) continue
    seen.add(row.id)
    rows.push(row)
    stack.push(...children(byParent, row.id, Math.min(row.depth + 1, MAX_THREAD_DEPTH)))
  }
  // Two posts that each claim to answer the other hang on nothing.
  for (const { id } of replies) if (!seen.has(id)) rows.push({ id, depth: 0 })
  return rows
}

/** Last first, as a stack wants them. */
function children(byParent: Map<string, Reply[]>, id: string, depth: number): ThreadRow[] {
  return (byParent.get(id) ?? []).map((reply) => ({ id: reply.id, depth })).reverse()
}
