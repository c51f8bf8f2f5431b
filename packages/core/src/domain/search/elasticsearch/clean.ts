import type { Client } from '@elastic/elasticsearch'
import type { Ctx } from '../../../kernel/context.ts'
import { UnavailableError } from '../../../kernel/errors.ts'
import type { Deployment } from './deployment.ts'
import { readEntries } from './documents.ts'
import { aliasOf, type IndexName } from './indices.ts'
import { writeEntries, type Written } from './write.ts'

/** Takes out of the index that is searched what does not belong there any more, in the order of its ids. */
export async function cleanIndex(
  ctx: Ctx,
  client: Client,
  index: IndexName,
  { batchSize, onProgress }: Deployment,
): Promise<Written> {
  const alias = aliasOf(ctx.config, index)
  const key = index === 'instances' ? 'domain' : 'id'
  await client.indices.refresh({ index: alias })
  const { count: total } = await client.count({ index: alias })
  const written: Written = { indexed: 0, removed: 0 }
  let [done, after]: [number, string | null] = [0, null]
  for (;;) {
    const answer = await client.search({
      index: alias,
      _source: false,
      track_total_hits: false,
      size: batchSize,
      sort: [{ [key]: { order: 'asc' } }],
      query: after === null ? { match_all: {} } : { range: { [key]: { gt: after } } },
    })
    const ids = answer.hits.hits.map((hit) => hit._id as string)
    if (ids.length === 0) return written
    const gone = (await readEntries(ctx, index, ids)).filter((entry) => entry.document === null)
    const batch = await writeEntries(ctx, client, alias, gone)
    if (!batch) throw new UnavailableError(`The index ${alias} is gone.`)
    written.removed += batch.removed
    done += ids.length
    after = ids.at(-1) as string
    onProgress(index, Math.min(done, total), total)
  }
}
