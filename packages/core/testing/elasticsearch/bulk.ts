import type { Cluster } from './cluster.ts'
import { type Json, object, oneOf, onlyEntry, parsing, Refusal, string, whole } from './refusal.ts'

/** Writes what a bulk request says, line by line; what goes wrong with one of them is said in its place. */
export function runBulk(cluster: Cluster, body: string): Json {
  if (!body.endsWith('\n')) throw parsing('The bulk request must be terminated by a newline [\\n]')
  const lines = body.slice(0, -1).split('\n').map(parsed)
  const items: Json[] = []
  for (let at = 0; at < lines.length; at++) {
    const [kind, given] = onlyEntry(lines[at], 'action')
    oneOf(kind, ['index', 'delete'], 'action')
    const source = kind === 'index' ? lines[++at] : null
    if (source === undefined) throw parsing('an action without its document')
    items.push({ [kind]: runItem(cluster, kind, given, source) })
  }
  if (items.length === 0) throw parsing('request body is required')
  const errors = items.some((item) => Object.values(item).some((outcome) => 'error' in (outcome as Json)))
  return { took: 1, errors, items }
}

function runItem(cluster: Cluster, kind: string, given: unknown, source: unknown): Json {
  const keys = ['_index', '_id', 'version', 'version_type', ...(kind === 'index' ? ['require_alias'] : [])]
  const action = object(given, keys, kind)
  const [name, id] = [string(action._index, '_index'), string(action._id, '_id')]
  oneOf(action.version_type, ['external'], 'version_type')
  const version = whole(action.version, 'version', 1)
  try {
    const index = cluster.target(name, action.require_alias === true)
    const { version: _version, ...outcome } = index.write(id, version, source)
    return { _index: index.name, _id: id, _version, ...outcome }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return { _index: name, _id: id, status: error.status, error: { type: error.type, reason: error.message } }
  }
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    throw parsing(`Malformed action/metadata line: [${line.slice(0, 80)}]`)
  }
}
