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

export function documented(route: Pick<Route, 'method' | 'path'>): DocumentedRoute | undefined {
  return routes.get(`${route.method.toUpperCase()} ${shapeOf(route.path)}`)
}

function shapeOf(path: string): string {
  return path.replace(/:\w+/g, ':')
}
