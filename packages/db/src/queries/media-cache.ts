import type { Db } from '../connection.ts'
import type { MediaCacheRunRow } from '../rows.gen.ts'
import { statement } from '../statement.ts'

/** The books of the cache of remote media: sums, days and runs. Triggers write what changes. */

export const CACHED_KINDS = ['card', 'header', 'attachment', 'avatar', 'emoji'] as const
export type CachedKind = (typeof CACHED_KINDS)[number]

const fold = statement<{ taken: number }>(
  'media_cache.fold',
  `with taken as (
     delete from media_cache_changes where id in (select id from media_cache_changes order by id limit $1)
     returning kind, files, bytes, at
   ), sums as (
     select (at at time zone 'UTC')::date as day, kind, sum(greatest(files, 0)) as arrived_files,
       sum(greatest(bytes, 0)) as arrived_bytes, sum(greatest(-files, 0)) as gone_files,
       sum(greatest(-bytes, 0)) as gone_bytes
     from taken group by 1, 2
   ), noted as (
     insert into media_cache_days as d (day, kind, arrived_files, arrived_bytes, gone_files, gone_bytes)
     select day, kind, arrived_files, arrived_bytes, gone_files, gone_bytes from sums order by day, kind
     on conflict (day, kind) do update set arrived_files = d.arrived_files + excluded.arrived_files,
       arrived_bytes = d.arrived_bytes + excluded.arrived_bytes, gone_files = d.gone_files + excluded.gone_files,
       gone_bytes = d.gone_bytes + excluded.gone_bytes
   )
   select count(*)::int as taken from taken`,
)

/** Adds at most `limit` noted changes to the days they belong to; returns how many. */
export async function foldCacheChanges(db: Db, limit: number): Promise<number> {
  return (await fold(db, [limit]))[0]?.taken ?? 0
}

/** How much of a kind is in the cache. */
export interface CacheUse {
  kind: CachedKind
  files: number
  bytes: number
}

const use = statement<CacheUse>(
  'media_cache.use',
  `select kind, sum(files)::float8 as files, sum(bytes)::float8 as bytes
   from (
     select kind, arrived_files - gone_files as files, arrived_bytes - gone_bytes as bytes from media_cache_days
     union all
     select kind, files, bytes from media_cache_changes
   ) parts
   group by kind`,
)

/** What is in the cache, by kind. Reads a few rows a day, whatever the size of the cache. */
export async function cacheUse(db: Db): Promise<CacheUse[]> {
  return use(db, [])
}

/** What came and went; nulls while nothing is known. */
export interface CacheGrowth {
  arrived: number
  gone: number
  /** By runs of ours, which is counted as gone too. */
  removed: number
  first_day: Date | null
}

const growth = statement<CacheGrowth>(
  'media_cache.growth',
  `select coalesce(sum(arrived_bytes), 0)::float8 as arrived, coalesce(sum(gone_bytes), 0)::float8 as gone,
     (select coalesce(sum(bytes_before - bytes_after), 0)::float8 from media_cache_runs where ended_at >= $1) as removed,
     min(day)::timestamp at time zone 'UTC' as first_day
   from media_cache_days where day >= ($1::timestamptz at time zone 'UTC')::date`,
)

/** Bytes that came and went since the day of a time. */
export async function cacheGrowth(db: Db, since: Date): Promise<CacheGrowth> {
  return (await growth(db, [since]))[0] ?? { arrived: 0, gone: 0, removed: 0, first_day: null }
}

const insertRun = statement<never>(
  'media_cache.insert_run',
  `insert into media_cache_runs (started_at, ended_at, bytes_before, bytes_after, removed) values ($1, $2, $3, $4, $5)`,
)
const forgetRuns = statement<never>(
  'media_cache.forget_runs',
  'delete from media_cache_runs where ended_at < $1',
)

export type CacheRun = Pick<
  MediaCacheRunRow,
  'started_at' | 'ended_at' | 'bytes_before' | 'bytes_after' | 'removed'
>

/** Notes a run, and forgets those that ended before `keptSince`. */
export async function noteCacheRun(db: Db, run: CacheRun, keptSince: Date): Promise<void> {
  const { started_at: startedAt, ended_at: endedAt, bytes_before: before, bytes_after: after } = run
  await insertRun(db, [startedAt, endedAt, before, after, JSON.stringify(run.removed)])
  await forgetRuns(db, [keptSince])
}

const runs = statement<CacheRun>(
  'media_cache.runs',
  `select started_at, ended_at, bytes_before, bytes_after, removed from media_cache_runs order by id desc limit $1`,
)

/** The last runs that removed something, newest first. */
export async function cacheRuns(db: Db, limit: number): Promise<CacheRun[]> {
  return runs(db, [limit])
}

const recount = statement<never>('media_cache.recount', 'select media_cache_recount()')

/** Makes the books anew from the tables of files. Reads all of them, and holds up what changes the cache meanwhile. */
export async function recountCache(db: Db): Promise<void> {
  await recount(db, [])
}
