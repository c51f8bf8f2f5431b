import type { Cluster } from './cluster.ts'
import { illegal, type Json, object } from './refusal.ts'
import { runSearch } from './search.ts'

interface Route {
  method: string
  path: RegExp
  /** Parameters of the address that may be there. */
  parameters?: readonly string[]
  hasBody?: boolean
  run(cluster: Cluster, name: string, body: unknown): Json
}

const done = { acknowledged: true }

const ROUTES: readonly Route[] = [
  { method: 'PUT', path: /^\/([^/_][^/]*)$/, hasBody: true, run: create },
  {
    method: 'DELETE',
    path: /^\/([^/_][^/]*)$/,
    run(cluster, name) {
      cluster.delete(name)
      return done
    },
  },
  {
    method: 'GET',
    path: /^\/([^/_][^/]*)\/_alias$/,
    parameters: ['ignore_unavailable', 'allow_no_indices', 'expand_wildcards'],
    run: (cluster, name) =>
      Object.fromEntries(
        cluster
          .resolve(name, true)
          .map((index) => [
            index.name,
            { aliases: Object.fromEntries([...index.aliases].map((alias) => [alias, {}])) },
          ]),
      ),
  },
  {
    method: 'POST',
    path: /^\/()_aliases$/,
    hasBody: true,
    run(cluster, _name, body) {
      cluster.updateAliases(body)
      return done
    },
  },
  {
    method: 'GET',
    path: /^\/([^/_][^/]*)\/_mapping$/,
    run: (cluster, name) =>
      Object.fromEntries(
        cluster.resolve(name).map((index) => [index.name, { mappings: index.mapping.given }]),
      ),
  },
  {
    method: 'PUT',
    path: /^\/([^/_][^/]*)\/_mapping$/,
    hasBody: true,
    run(cluster, name, body) {
      for (const index of cluster.resolve(name)) index.putMapping(body)
      return done
    },
  },
  {
    method: 'PUT',
    path: /^\/([^/_][^/]*)\/_settings$/,
    hasBody: true,
    run(cluster, name, body) {
      cluster.putSettings(name, body)
      return done
    },
  },
  {
    method: 'GET',
    path: /^\/([^/_][^/]*)\/_refresh$/,
    run(cluster, name) {
      const indices = cluster.resolve(name)
      for (const index of indices) index.refresh()
      return { _shards: { total: indices.length, successful: indices.length, failed: 0 } }
    },
  },
  {
    method: 'GET',
    path: /^\/([^/_][^/]*)\/_count$/,
    run: (cluster, name) => ({
      count: cluster.resolve(name).reduce((sum, index) => sum + index.documents.size, 0),
      _shards: { total: 1, successful: 1, skipped: 0, failed: 0 },
    }),
  },
  {
    method: 'POST',
    path: /^\/([^/_][^/]*)\/_search$/,
    hasBody: true,
    run: runSearch,
  },
]

function create(cluster: Cluster, name: string, body: unknown): Json {
  cluster.create(name, body)
  return { ...done, shards_acknowledged: true, index: name }
}

/** Finds and runs what is asked for. @throws Refusal nothing here is called that */
export function answerTo(
  cluster: Cluster,
  method: string,
  path: string,
  parameters: URLSearchParams,
  body: unknown,
): Json {
  for (const route of ROUTES) {
    const [, name] = (route.method === method && path.match(route.path)) || []
    if (name === undefined) continue
    object(Object.fromEntries(parameters), route.parameters ?? [], 'parameters')
    if ((body !== undefined) !== (route.hasBody === true))
      throw illegal(`request [${method} ${path}] has the wrong body`)
    return route.run(cluster, name, body)
  }
  throw illegal(`no handler found for uri [${path}] and method [${method}]`)
}
