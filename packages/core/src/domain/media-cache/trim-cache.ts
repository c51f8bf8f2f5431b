import { type CachedKind, cacheUse, foldCacheChanges, noteCacheRun } from '@anancus/db/queries/media-cache'
import type { Ctx } from '../../kernel/context.ts'
import { RaceError } from '../../kernel/errors.ts'
import { withLock } from '../../kernel/lock.ts'
import { freeSpace } from '../../kernel/storage/free-space.ts'
import { inBatches, inOrder } from './in-order.ts'
import { isToGo, type JudgedFile, judge, judgeAgain, remember } from './judge-files.ts'
import { BATCH, FOLD_BATCH, MAX_FILES_A_RUN, RUN_LOCK_MS, RUNS_KEPT_MS, WORTHS } from './limits.ts'
import { removeFiles } from './remove-files.ts'

/** What a run removed of one kind. */
export interface Removed {
  files: number
  bytes: number
  /** Of these, how many would rather have been kept. */
  keptFiles: number
}
export type RemovedByKind = Partial<Record<CachedKind, Removed>>

export interface Trim {
  bytesBefore: number
  bytesAfter: number
  removed: RemovedByKind
}

/**
 * Brings the cache of remote media under its budget, and above the floor of free disk, by removing what is least useful.
 * Without a budget nothing is removed. Work is bounded: what one run leaves, the next one does.
 *
 * @returns null: another run is at it
 */
export async function trimMediaCache(ctx: Ctx): Promise<Trim | null> {
  try {
    return await withLock(ctx, 'media_cache', RUN_LOCK_MS, () => trim(ctx))
  } catch (error) {
    if (error instanceof RaceError) return null
    throw error
  }
}

async function trim(ctx: Ctx): Promise<Trim> {
  await foldChanges(ctx)
  await judgeAgain(ctx)
  const startedAt = ctx.clock.now()
  const bytesBefore = (await cacheUse(ctx.db)).reduce((sum, { bytes }) => sum + bytes, 0)
  const removed: RemovedByKind = {}
  const excess = await excessOf(ctx, bytesBefore)
  try {
    if (excess > 0) await removeLeastUseful(ctx, excess, removed)
  } finally {
    if (filesIn(removed) > 0) await note(ctx, { startedAt, bytesBefore, removed })
    await foldChanges(ctx)
  }
  return { bytesBefore, bytesAfter: bytesBefore - bytesIn(removed), removed }
}

async function foldChanges(ctx: Ctx): Promise<void> {
  let taken = FOLD_BATCH
  while (taken === FOLD_BATCH) taken = await foldCacheChanges(ctx.db, FOLD_BATCH)
}

/** Bytes that have to go. */
async function excessOf(ctx: Ctx, total: number): Promise<number> {
  const { MEDIA_CACHE_BUDGET: budget, MEDIA_DISK_FLOOR: floor } = ctx.config.env
  if (budget === undefined) return 0
  const free = await freeSpace(ctx.config)
  return Math.max(total - budget, free === null ? 0 : floor - free)
}

async function removeLeastUseful(ctx: Ctx, excess: number, removed: RemovedByKind): Promise<void> {
  let looked = 0
  for (const worth of WORTHS) {
    for await (const batch of inBatches(inOrder(ctx, worth), BATCH)) {
      const judged = await judge(ctx, batch)
      const going = upTo(judged.filter(isToGo), excess - bytesIn(removed))
      await remember(
        ctx,
        judged.filter((one) => !isToGo(one)),
      )
      await removeFiles(
        ctx,
        going.map(({ file }) => file),
      )
      for (const one of going) count(removed, one)
      looked += batch.length
      if (bytesIn(removed) >= excess || looked >= MAX_FILES_A_RUN) return
    }
  }
}

/** The first files that together are large enough. */
function upTo(judged: readonly JudgedFile[], bytes: number): JudgedFile[] {
  let sum = 0
  return judged.filter(({ file }) => {
    if (sum >= bytes) return false
    sum += file.bytes
    return true
  })
}

function count(removed: RemovedByKind, { file, judgement }: JudgedFile): void {
  const { files, bytes, keptFiles } = removed[file.kind] ?? { files: 0, bytes: 0, keptFiles: 0 }
  const isWorthy = (judgement?.worth ?? 0) > 0
  removed[file.kind] = {
    files: files + 1,
    bytes: bytes + file.bytes,
    keptFiles: keptFiles + Number(isWorthy),
  }
}

async function note(
  ctx: Ctx,
  run: { startedAt: Date; bytesBefore: number; removed: RemovedByKind },
): Promise<void> {
  const endedAt = ctx.clock.now()
  const row = {
    started_at: run.startedAt,
    ended_at: endedAt,
    bytes_before: String(run.bytesBefore),
    bytes_after: String(run.bytesBefore - bytesIn(run.removed)),
    removed: run.removed,
  }
  await noteCacheRun(ctx.db, row, new Date(endedAt.getTime() - RUNS_KEPT_MS))
  ctx.log.info({ ...run, bytesAfter: row.bytes_after }, 'removed copies of remote media')
}

function filesIn(removed: RemovedByKind): number {
  return Object.values(removed).reduce((sum, { files }) => sum + files, 0)
}

function bytesIn(removed: RemovedByKind): number {
  return Object.values(removed).reduce((sum, { bytes }) => sum + bytes, 0)
}
