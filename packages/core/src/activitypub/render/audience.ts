import { named, type StatusRow, VISIBILITIES } from '@anancus/db'
import { accountIn, type Graph, type MentionedAccount } from '../../graph/index.ts'
import { actorUri, followersUri, type Uris } from '../../kernel/uris.ts'
import { PUBLIC } from '../vocabulary.ts'

export interface Audience {
  to: string[]
  cc: string[]
  /** The group that a status for everybody is sent to. */
  audience?: string
}

/**
 * Who is addressed by a status, as its visibility says; with a group those who read it. A silent mention is addressed
 * only where the audience is limited to certain people; elsewhere it would tell who else reads.
 *
 * @see https://www.w3.org/TR/activitypub/#delivery
 * @see https://codeberg.org/fediverse/fep/src/branch/main/fep/1b12/fep-1b12.md
 */
export function audienceOf(graph: Graph, uris: Uris, status: StatusRow): Audience {
  const followers = followersUri(uris, accountIn(graph, status.account_id))
  const mentions = graph.mentions.get(status.id) ?? []
  const spoken = mentions.filter((mention) => !mention.silent)
  const addressed = addressesOf(uris, spoken)
  switch (named(VISIBILITIES, status.visibility)) {
    case 'public':
      return { to: [PUBLIC], cc: [followers, ...addressed], ...groupPart(graph, uris, status) }
    case 'unlisted':
      return { to: [followers], cc: [PUBLIC, ...addressed], ...groupPart(graph, uris, status) }
    case 'private':
      return { to: [followers], cc: addressed }
    case 'direct':
      return { to: addressed, cc: [] }
    case 'limited':
      return { to: addressesOf(uris, mentions), cc: [] }
  }
}

/** The group that a status is written to: the first that it names. Null where it is not for everybody. */
export function groupOf(graph: Graph, status: StatusRow): MentionedAccount | null {
  const visibility = named(VISIBILITIES, status.visibility)
  if (visibility !== 'public' && visibility !== 'unlisted') return null
  const mentions = graph.mentions.get(status.id) ?? []
  return mentions.find((mention) => !mention.silent && mention.group_followers_url !== null) ?? null
}

function groupPart(graph: Graph, uris: Uris, status: StatusRow): Pick<Audience, 'audience'> {
  const group = groupOf(graph, status)
  return group ? { audience: actorUri(uris, group) } : {}
}

function addressesOf(uris: Uris, mentions: readonly MentionedAccount[]): string[] {
  return mentions.flatMap((mention) => [
    actorUri(uris, mention),
    ...(mention.group_followers_url === null ? [] : [mention.group_followers_url]),
  ])
}
