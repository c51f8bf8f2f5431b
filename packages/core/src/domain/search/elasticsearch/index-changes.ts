import {
  deleteSearchChanges,
  isGatheringSearchChanges,
  noteStatusesOfAccounts,
  readSearchChanges,
  type SearchChange,
  type SearchKind,
} from '@anancus/db/queries/search-changes'
import type { Ctx } from '../../../kernel/context.ts'
import { elasticsearchOf, isElasticsearchError } from '../../../kernel/elasticsearch.ts'
import { RaceError, UnavailableError } from '../../../kernel/errors.ts'
import { withLock } from '../../../kernel/lock.ts'
import { redisKey } from '../../../kernel/redis-keys.ts'
import {
  CHANGES_BATCH,
  FIRST_PAUSE_SECONDS,
  INDEXING_LOCK,
  INDEXING_LOCK_MS,
  INDEXING_MS,
  LONGEST_PAUSE_SECONDS,
} from '../limits.ts'
import { whereaboutsOf } from './aliases.ts'
import { readEntriesOf } from './documents.ts'
import { aliasOf, buildingAliasOf, INDICES_OF, type IndexName } from './indices.ts'
import { writeEntries, type Written } from './write.ts'

/** What `indexChanges` does where Elasticsearch is switched on. */
export async function tellChanges(ctx: Ctx): Promise<Written> {
  const written: Written = { indexed: 0, removed: 0 }
  if (!(await isGatheringSearchChanges(ctx.db))) return written
  if (await ctx.redis.exists(redisKey(ctx, PAUSE))) return written
  try {
    await withLock(ctx, INDEXING_LOCK, INDEXING_LOCK_MS, () => tellAll(ctx, written))
    await ctx.redis.del(redisKey(ctx, FAILURES))
  } catch (error) {
    if (error instanceof RaceError) return written
    if (!isElasticsearchError(error) && !(error instanceof UnavailableError)) throw error
    await pause(ctx, error)
  }
  return written
}

const PAUSE = 'search:pause'
const FAILURES = 'search:failures'

async function pause(ctx: Ctx, error: unknown): Promise<void> {
  const failures = await ctx.redis.incr(redisKey(ctx, FAILURES))
  const seconds = Math.min(LONGEST_PAUSE_SECONDS, FIRST_PAUSE_SECONDS * 2 ** (failures - 1))
  await ctx.redis.set(redisKey(ctx, PAUSE), '1', 'EX', seconds)
  ctx.log.warn({ error, seconds }, 'Elasticsearch takes no changes; they wait in the log')
}

async function tellAll(ctx: Ctx, written: Written): Promise<void> {
  const endsAt = Date.now() + INDEXING_MS
  while (Date.now() < endsAt) {
    const changes = await readSearchChanges(ctx.db, CHANGES_BATCH)
    if (changes.length === 0) return
    await tell(ctx, changes, written)
    await deleteSearchChanges(
      ctx.db,
      changes.map((change) => change.id),
    )
  }
}

async function tell(ctx: Ctx, changes: readonly SearchChange[], written: Written): Promise<void> {
  const byKind = Map.groupBy(changes, (change) => change.kind)
  for (const [kind, of] of byKind) {
    const records = [...new Set(of.map((change) => change.record))]
    if (kind === 'account_statuses') await noteStatusesOfAccounts(ctx.db, records)
    else await tellKind(ctx, kind, records, written)
  }
}

async function tellKind(
  ctx: Ctx,
  kind: SearchKind,
  records: readonly string[],
  written: Written,
): Promise<void> {
  const client = await elasticsearchOf(ctx.config)
  const targets: { index: IndexName; alias: string; mayBeGone: boolean }[] = []
  for (const index of INDICES_OF[kind]) {
    const { live, building } = await whereaboutsOf(client, ctx.config, index)
    if (!live && !building) continue
    if (live) targets.push({ index, alias: aliasOf(ctx.config, index), mayBeGone: false })
    if (building) targets.push({ index, alias: buildingAliasOf(ctx.config, index), mayBeGone: true })
  }
  if (targets.length === 0)
    throw new UnavailableError(`There is no index for ${kind}: run tootctl search deploy.`)
  const entries = await readEntriesOf(ctx, INDICES_OF[kind], records)
  for (const { index, alias, mayBeGone } of targets) {
    const done = await writeEntries(ctx, client, alias, entries.get(index) ?? [])
    if (!done && !mayBeGone)
      throw new UnavailableError(`The index ${alias} is gone: run tootctl search deploy.`)
    written.indexed += done?.indexed ?? 0
    written.removed += done?.removed ?? 0
  }
}
