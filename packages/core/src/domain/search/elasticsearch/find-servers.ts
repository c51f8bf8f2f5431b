import type { Ctx } from '../../../kernel/context.ts'
import { readPeers } from '../../instance/index.ts'
import { MIN_HITS } from '../limits.ts'
import { aliasOf } from './indices.ts'
import { searchIds } from './search-ids.ts'

/** Finds servers by the beginning of their domain; those that are limited here are left out. */
export async function findServers(ctx: Ctx, start: string, limit: number): Promise<string[]> {
  const domains = await searchIds(ctx, {
    index: aliasOf(ctx.config, 'instances'),
    size: MIN_HITS,
    sort: [{ domain: { order: 'asc' } }],
    query: { prefix: { domain: { value: start } } },
  })
  const known = new Set(await readPeers(ctx))
  return domains.filter((domain) => known.has(domain)).slice(0, limit)
}
