import {
  CACHED_KINDS,
  type CachedKind,
  type CacheGrowth,
  type CacheUse,
  cacheGrowth,
  cacheRuns,
  cacheUse,
} from '@anancus/db/queries/media-cache'
import { cachedFileNames } from '@anancus/db/queries/media-cache-files'
import type { Ctx } from '../../kernel/context.ts'
import { freeSpace } from '../../kernel/storage/free-space.ts'
import { inBatches, inOrder } from './in-order.ts'
import { isToGo, type JudgedFile, judge } from './judge-files.ts'
import { BATCH, FORECAST_MS, LOOKED_AT, SHOWN_NEXT, SHOWN_RUNS, WORTHS } from './limits.ts'
import type { RemovedByKind } from './trim-cache.ts'

const DAY_MS = 86_400_000

/** How the cache of remote media stands. Sizes are in bytes. */
export interface MediaCache {
  budget: number | null
  total: number
  kinds: CacheUse[]
  disk: {
    /** Null: files are in S3. */
    free: number | null
    floor: number
    /** Nothing is copied, since less is free than should be. */
    isStopped: boolean
  }
  forecast: {
    bytesADay: number
    /** Until the budget is reached; 0: it is; null: never, as things go. */
    days: number | null
  }
  /** What would go first, if something had to. */
  next: NextFile[]
  runs: CacheRunReport[]
}

export interface NextFile {
  kind: CachedKind
  /** Whose it is: an account, a page, an emoji. */
  name: string
  bytes: number
  usedAt: Date
  worth: number
}

export interface CacheRunReport {
  endedAt: Date
  seconds: number
  bytesBefore: number
  bytesAfter: number
  removed: RemovedByKind
}

/** Reads how the cache stands. A few dozen statements, none of which reads a large table. */
export async function readMediaCache(ctx: Ctx): Promise<MediaCache> {
  const { MEDIA_CACHE_BUDGET: budget = null, MEDIA_DISK_FLOOR: floor } = ctx.config.env
  const kinds = everyKind(await cacheUse(ctx.db))
  const total = kinds.reduce((sum, { bytes }) => sum + bytes, 0)
  const free = await freeSpace(ctx.config)
  const since = new Date(ctx.clock.now().getTime() - FORECAST_MS)
  return {
    budget,
    total,
    kinds,
    disk: { free, floor, isStopped: free !== null && free < floor },
    forecast: forecastOf(await cacheGrowth(ctx.db, since), { budget, total, now: ctx.clock.now() }),
    next: await nextFiles(ctx),
    runs: (await cacheRuns(ctx.db, SHOWN_RUNS)).map((row) => ({
      endedAt: row.ended_at,
      seconds: (row.ended_at.getTime() - row.started_at.getTime()) / 1000,
      bytesBefore: Number(row.bytes_before),
      bytesAfter: Number(row.bytes_after),
      removed: row.removed as RemovedByKind,
    })),
  }
}

function everyKind(uses: readonly CacheUse[]): CacheUse[] {
  const known = new Map(uses.map((use) => [use.kind, use]))
  return CACHED_KINDS.map((kind) => known.get(kind) ?? { kind, files: 0, bytes: 0 })
}

/** What came, less what went by itself, spread over the days since the first of them. */
export function forecastOf(
  growth: CacheGrowth,
  { budget, total, now }: { budget: number | null; total: number; now: Date },
): MediaCache['forecast'] {
  const elapsed = growth.first_day === null ? DAY_MS : now.getTime() - growth.first_day.getTime()
  const bytesADay = (growth.arrived - growth.gone + growth.removed) / Math.max(1, elapsed / DAY_MS)
  if (budget === null) return { bytesADay, days: null }
  if (total >= budget) return { bytesADay, days: 0 }
  return { bytesADay, days: bytesADay > 0 ? (budget - total) / bytesADay : null }
}

async function nextFiles(ctx: Ctx): Promise<NextFile[]> {
  const shown: JudgedFile[] = []
  for (const worth of WORTHS) {
    let looked = 0
    for await (const batch of inBatches(inOrder(ctx, worth), BATCH)) {
      const judged = await judge(ctx, batch)
      shown.push(...judged.filter(isToGo).slice(0, SHOWN_NEXT - shown.length))
      looked += batch.length
      if (shown.length === SHOWN_NEXT || looked >= LOOKED_AT) break
    }
    if (shown.length === SHOWN_NEXT) break
  }
  const names = await cachedFileNames(
    ctx.db,
    shown.map(({ file }) => file),
  )
  return shown.map(({ file }) => ({
    kind: file.kind,
    name: names.get(`${file.kind}/${file.owner_id}`) ?? '',
    bytes: file.bytes,
    usedAt: file.used_at,
    worth: file.worth,
  }))
}
