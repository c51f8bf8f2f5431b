import type { Client } from '@elastic/elasticsearch'
import type { Config } from '../../../kernel/config.ts'
import { aliasOf, buildingAliasOf, type IndexName } from './indices.ts'

/** Where an index is at the moment: the version that is searched, and one that is being filled. */
export interface Whereabouts {
  live: string | null
  building: string | null
  /** Something else bears the name: an index that another software made. */
  stranger: string | null
}

/** Asks which versions of an index there are. */
export async function whereaboutsOf(client: Client, config: Config, index: IndexName): Promise<Whereabouts> {
  const alias = aliasOf(config, index)
  const building = buildingAliasOf(config, index)
  const answer = await client.indices.getAlias({
    index: `${alias},${alias}_*`,
    ignore_unavailable: true,
    allow_no_indices: true,
    expand_wildcards: 'open',
  })
  const found: Whereabouts = { live: null, building: null, stranger: null }
  for (const [name, { aliases }] of Object.entries(answer)) {
    if (name === alias) found.stranger = name
    if (aliases[alias]) found.live = name
    if (aliases[building]) found.building = name
  }
  return found
}
