import { flag, integer, oneOf, optional, text } from './readers.ts'

const group = 'Search'

/** Settings of the search engine beside the database, named as Mastodon's. */
export const searchSettings = {
  ES_ENABLED: {
    group,
    read: flag(false),
    fallback: 'false',
    meaning: 'Search with Elasticsearch, once `bin/tootctl search deploy` has filled it; see docs/search.md.',
  },
  ES_HOST: {
    group,
    read: text('localhost'),
    fallback: 'localhost',
    meaning: 'Host of Elasticsearch; `https://` in front of it for TLS.',
  },
  ES_PORT: { group, read: integer(9200, 1, 65_535), fallback: '9200', meaning: 'Port.' },
  ES_USER: { group, read: optional(), fallback: 'none', meaning: 'Name to log in with.' },
  ES_PASS: { group, read: optional(), fallback: 'none', meaning: 'Its password.' },
  ES_PREFIX: {
    group,
    read: optional(),
    fallback: 'none',
    meaning: 'Put in front of the names of indices, where several servers share one Elasticsearch.',
  },
  ES_PRESET: {
    group,
    read: oneOf('single_node_cluster', 'single_node_cluster', 'small_cluster', 'large_cluster'),
    fallback: 'single_node_cluster',
    meaning:
      'Size of the cluster: `single_node_cluster` keeps no replicas, `small_cluster` one, `large_cluster` one and more shards.',
  },
  ES_CA_FILE: {
    group,
    read: optional(),
    fallback: "the system's",
    meaning: 'File with the certificates that are trusted.',
  },
}
