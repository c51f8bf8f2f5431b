import { apiRoutes } from '../../apps/web/src/api/index.ts'
import { buildDocument } from '../../apps/web/src/api/openapi/document.ts'
import { oauthRoutes } from '../../apps/web/src/oauth/router.ts'
import { entitySchemas } from './entities.ts'

/** Paths and their methods, components and their kinds: what is below stands on one line, so that a change shows as one. */
const DEPTH = 3

/** The OpenAPI description of every route machines call, as it is served. */
export function renderOpenApi(): string {
  return `${print(buildDocument([...apiRoutes, ...oauthRoutes], entitySchemas()), DEPTH)}\n`
}

function print(value: unknown, depth: number, indent = ''): string {
  if (depth === 0 || typeof value !== 'object' || value === null || Array.isArray(value))
    return JSON.stringify(value)
  const inner = `${indent} `
  const lines = Object.entries(value).map(
    ([name, child]) => `${inner}${JSON.stringify(name)}: ${print(child, depth - 1, inner)}`,
  )
  return `{\n${lines.join(',\n')}\n${indent}}`
}
