import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Route } from '../../src/http/route.ts'

/** Who may call a route of Mastodon, as its own routes and controllers say. */
export interface DocumentedRoute {
  kind: 'anyone' | 'optional' | 'token' | 'user' | 'app'
  /** Alternatives; none: any. */
  scopes: readonly string[]
}

const FILE = join(import.meta.dirname, 'documented-routes.txt')

/** Every documented route, by `GET /api/v1/things/:`. */
function readRoutes(): Map<string, DocumentedRoute> {
  const lines = readFileSync(FILE, 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
  return new Map(
    lines.flatMap((line): [string, DocumentedRoute][] => {
      const [methods = '', path = '', kind = '', ...rest] = line.split(' ')
      const scopes =
        rest
          .at(-1)
          ?.split('|')
          .filter((word) => word !== 'user') ?? []
      return methods
        .split(',')
        .map((method) => [`${method} ${shapeOf(path)}`, { kind: kind as DocumentedRoute['kind'], scopes }])
    }),
  )
}

const routes = readRoutes()

/** Reactions to statuses, as other servers have them. */
const REACTIONS = [
  'DELETE /api/v1/pleroma/statuses/:/reactions/:',
  'PATCH /api/v1/pleroma/statuses/:/reactions/:',
  'POST /api/v1/statuses/:/react/:',
  'POST /api/v1/statuses/:/unreact/:',
  'PUT /api/v1/pleroma/statuses/:/reactions/:',
]
const OF_REACTIONS: DocumentedRoute = { kind: 'user', scopes: ['write:favourites'] }

/** What is not Mastodon's; whatever else would be a mistake in a path. */
export const OURS: readonly string[] = ['GET /api/docs', 'GET /api/openapi.json', ...REACTIONS].sort()

export function documented(route: Pick<Route, 'method' | 'path'>): DocumentedRoute | undefined {
  const name = `${route.method.toUpperCase()} ${shapeOf(route.path)}`
  return REACTIONS.includes(name) ? OF_REACTIONS : routes.get(name)
}

/** Every method and path of Mastodon's index, as `GET /api/v1/things/:`. */
export const documentedNames: readonly string[] = [...routes.keys()]

/** The names a table of routes answers to, in the same shape; a `put` answers to PATCH too. */
export function namesOf(table: readonly Pick<Route, 'method' | 'path'>[]): Set<string> {
  return new Set(
    table.flatMap(({ method, path }) => {
      const methods = method === 'put' ? ['PUT', 'PATCH'] : [method.toUpperCase()]
      return methods.flatMap((name) => spellingsOf(path).map((spelling) => `${name} ${shapeOf(spelling)}`))
    }),
  )
}

/** A path with an end that may be left out is two: `/streaming{/*stream}`. */
function spellingsOf(path: string): string[] {
  const [start, end] = path.split('{')
  return end === undefined ? [path] : [start ?? '', `${start}${end.slice(0, -1)}`]
}

/** Whatever the parts are called: `/things/:`, and for all that follows `/things/*`. */
function shapeOf(path: string): string {
  return path.replace(/\(?\*\w+\)?/g, '*').replace(/:\w+/g, ':')
}
