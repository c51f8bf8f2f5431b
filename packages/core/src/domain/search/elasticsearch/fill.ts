import { countSearchIds, nextSearchIds, type SearchBatch } from '@anancus/db/queries/search-import'
import type { Client } from '@elastic/elasticsearch'
import type { Ctx } from '../../../kernel/context.ts'
import { UnavailableError } from '../../../kernel/errors.ts'
import { CHECKPOINT_EVERY_MS } from '../limits.ts'
import type { Deployment } from './deployment.ts'
import { readEntries } from './documents.ts'
import { aliasOf, buildingAliasOf, type IndexName } from './indices.ts'
import { type Building, noteImported } from './versions.ts'
import { writeEntries, type Written } from './write.ts'

/** One request on its way. */
interface Batch {
  /** The last of its ids. */
  last: string
  isThrough: boolean
  work: Promise<void>
}

/**
 * Writes everything that belongs into an index, in the order of its ids, several requests at a time. Up to where
 * everything is in, is noted every few seconds and when something goes wrong, so that the next run goes on from there.
 *
 * @param building the version to fill; null for the one that is searched
 */
export async function fillIndex(
  ctx: Ctx,
  client: Client,
  index: IndexName,
  building: Building | null,
  { concurrency, batchSize, onProgress }: Deployment,
): Promise<Written> {
  const alias = building ? buildingAliasOf(ctx.config, index) : aliasOf(ctx.config, index)
  const begun = building?.importedTo ?? null
  const total = await countSearchIds(ctx.db, index, begun)
  const written: Written = { indexed: 0, removed: 0 }
  let done = 0
  const send = async ({ ids, seen }: SearchBatch) => {
    const entries = ids.length > 0 ? await readEntries(ctx, index, ids) : []
    const batch = await writeEntries(ctx, client, alias, entries)
    if (!batch) throw new UnavailableError(`The index ${alias} is gone.`)
    written.indexed += batch.indexed
    done += seen
    onProgress(index, Math.min(done, total), total)
  }
  const note = async (last: string) => {
    if (building) await noteImported(ctx, client, index, building.name, last)
  }
  onProgress(index, 0, total)
  await inOrder({
    begun,
    most: concurrency,
    next: (after) => nextSearchIds(ctx.db, index, after, batchSize),
    send,
    note,
  })
  return written
}

interface Sending {
  begun: string | null
  /** How many batches may be on their way. */
  most: number
  next(after: string | null): Promise<SearchBatch>
  send(batch: SearchBatch): Promise<void>
  note(last: string): Promise<void>
}

async function inOrder({ begun, most, next, send, note }: Sending): Promise<void> {
  const open: Batch[] = []
  let [after, through, notedAt] = [begun, begun, Date.now()]
  const settle = () => {
    while (open[0]?.isThrough) through = open.shift()?.last ?? null
  }
  try {
    for (let batch = await next(after); batch.last !== null; batch = await next(after)) {
      after = batch.last
      open.push(sent(batch.last, send(batch)))
      if (open.length >= most) await open[0]?.work
      settle()
      if (through !== null && Date.now() - notedAt >= CHECKPOINT_EVERY_MS) {
        await note(through)
        notedAt = Date.now()
      }
    }
    await Promise.all(open.map((batch) => batch.work))
  } catch (error) {
    await Promise.allSettled(open.map((batch) => batch.work))
    settle()
    // When nothing answers any more, this does not either, and the last note counts.
    if (through !== null && through !== begun) await note(through).catch(() => {})
    throw error
  }
}

function sent(last: string, work: Promise<void>): Batch {
  const batch: Batch = {
    last,
    isThrough: false,
    work: work.then(() => {
      batch.isThrough = true
    }),
  }
  // It is awaited in its turn; until then its failure is nobody's.
  batch.work.catch(() => {})
  return batch
}
