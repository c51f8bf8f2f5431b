import { CACHED_KINDS, type CachedKind } from '@anancus/db/queries/media-cache'
import { type CachedFile, leastUsedFiles } from '@anancus/db/queries/media-cache-files'
import type { Ctx } from '../../kernel/context.ts'
import { GRACE_MS, READ_AHEAD } from './limits.ts'

/**
 * The files of one worth in the order in which they would go: those that nobody has used for longest first, whatever their
 * kind. Reads ahead by pages; what changes meanwhile may be met as it was.
 */
export async function* inOrder(ctx: Ctx, worth: number): AsyncGenerator<CachedFile> {
  const lines: Line[] = []
  for (const kind of CACHED_KINDS) {
    const files = filesOf(ctx, worth, kind)
    const first = await files.next()
    if (!first.done) lines.push({ head: first.value, files })
  }
  while (lines.length > 0) {
    const line = lines.reduce((one, other) => (turnOf(other.head) < turnOf(one.head) ? other : one))
    yield line.head
    const following = await line.files.next()
    if (following.done) lines.splice(lines.indexOf(line), 1)
    else line.head = following.value
  }
}

interface Line {
  head: CachedFile
  files: AsyncGenerator<CachedFile>
}

function turnOf({ kind, used_at }: CachedFile): number {
  return used_at.getTime() + GRACE_MS[kind]
}

async function* filesOf(ctx: Ctx, worth: number, kind: CachedKind): AsyncGenerator<CachedFile> {
  for (let last: CachedFile | null = null; ; ) {
    const files: CachedFile[] = await leastUsedFiles(ctx.db, { worth, kind }, last, READ_AHEAD)
    yield* files
    if (files.length < READ_AHEAD) return
    last = files.at(-1) ?? null
  }
}

/** The same in batches of at most `size`. */
export async function* inBatches<T>(items: AsyncIterable<T>, size: number): AsyncGenerator<T[]> {
  let batch: T[] = []
  for await (const item of items) {
    batch.push(item)
    if (batch.length < size) continue
    yield batch
    batch = []
  }
  if (batch.length > 0) yield batch
}
