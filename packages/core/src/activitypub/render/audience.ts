import { named, type StatusRow, VISIBILITIES } from '@anancus/db'
import { accountIn, type Graph } from '../../graph/index.ts'
import { actorUri, followersUri, type Uris } from '../../kernel/uris.ts'
import { PUBLIC } from '../vocabulary.ts'

export interface Audience {
  to: string[]
  cc: string[]
}

/**
 * Who is addressed by a status, as its visibility says. A silent mention is addressed only where the audience is
 * limited to certain people; elsewhere it would tell who else reads.
 *
 * @see https://www.w3.org/TR/activitypub/#delivery
 */
export function audienceOf(graph: Graph, uris: Uris, status: StatusRow): Audience {
  const followers = followersUri(uris, accountIn(graph, status.account_id))
  const mentions = graph.mentions.get(status.id) ?? []
  const spoken = mentions.filter((mention) => !mention.silent).map((mention) => actorUri(uris, mention))
  switch (named(VISIBILITIES, status.visibility)) {
    case 'public':
      return { to: [PUBLIC], cc: [followers, ...spoken] }
    case 'unlisted':
      return { to: [followers], cc: [PUBLIC, ...spoken] }
    case 'private':
      return { to: [followers], cc: spoken }
    case 'direct':
      return { to: spoken, cc: [] }
    case 'limited':
      return { to: mentions.map((mention) => actorUri(uris, mention)), cc: [] }
  }
}
