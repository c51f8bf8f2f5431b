import type { Federation } from './federation.ts'
import type { RemoteActor } from './remote.ts'

const AS = 'https://www.w3.org/ns/activitystreams'

/** A collection of a remote actor, served under its id; `more` overrides what its document says. */
export function serveCollection(
  world: Federation,
  owner: RemoteActor,
  entries: readonly object[],
  more: Record<string, unknown> = {},
) {
  const id = String(more.id ?? `${owner.uri}/collections/1`)
  const document = {
    '@context': AS,
    id,
    type: 'FeaturedCollection',
    name: 'Birders',
    summaryMap: { de: '<p>Leute</p><script>x</script>' },
    attributedTo: owner.uri,
    totalItems: entries.length,
    sensitive: false,
    discoverable: true,
    topic: { type: 'Hashtag', name: '#Birds' },
    published: '2026-01-02T03:04:05Z',
    orderedItems: entries,
    ...more,
  }
  const url = new URL(id)
  world.host(url.hostname.split('.', 1)[0] as string).serve(url.pathname, () => document)
  return document
}

/** A place in it for somebody, whose server says, or is said to say, that they agree. */
export function place(owner: RemoteActor, objectUri: string, approval: string | null, name = '1') {
  return {
    id: `${owner.uri}/items/${name}`,
    type: 'FeaturedItem',
    featuredObject: objectUri,
    ...(approval === null ? {} : { featureAuthorization: approval }),
  }
}
