import { SCOPES } from '@anancus/core/domain/oauth'
import type { Route } from '../../http/route.ts'
import { ERROR_SCHEMAS, errorResponses } from './errors.ts'
import { HEADERS } from './headers.ts'
import { operationOf } from './operation.ts'
import { openApiPath } from './parameters.ts'
import type { Schema } from './schema.ts'

export interface OpenApiDocument extends Schema {
  openapi: string
  info: Schema
  servers: Schema[]
  paths: Record<string, Record<string, Schema>>
  components: Record<string, Record<string, Schema>>
}

const DESCRIPTION = `What this server answers, made from its own table of routes.

Every write takes JSON, a form or a multipart form. Lists are sent as \`name[]=a&name[]=b\`, hashes as \`name[key]=a\`, lists of
hashes as \`name[][key]=a\` or \`name[0][key]=a\`. Parameters that are not known are ignored, and a value of a wrong type counts as
not sent. Ids are strings. False is \`false\`, \`0\`, \`f\` or \`off\`; every other text is true. Of several scopes one is enough,
and a scope includes those below it: \`read\` includes \`read:statuses\`. A \`PUT\` may be sent as \`PATCH\` too.`

/** The OpenAPI 3.1 description of some routes. The address of the server is filled in where it is served. */
export function buildDocument(
  routes: readonly Route[],
  entities: Readonly<Record<string, Schema>>,
): OpenApiDocument {
  const paths: OpenApiDocument['paths'] = {}
  for (const route of [...routes].sort(byPath)) {
    const path = (paths[openApiPath(route.path)] ??= {})
    path[route.method] = operationOf(route)
    if (route.method === 'put') path.patch = patchOf(path.put as Schema)
  }
  return {
    openapi: '3.1.1',
    info: {
      title: 'Anancus',
      version: '',
      description: DESCRIPTION,
      license: { name: 'AGPL-3.0-or-later', identifier: 'AGPL-3.0-or-later' },
    },
    servers: [{ url: '/' }],
    paths,
    components: {
      schemas: { ...entities, ...ERROR_SCHEMAS },
      responses: errorResponses(),
      headers: HEADERS,
      securitySchemes: securitySchemes(),
    },
  }
}

/** The same under its other method. */
function patchOf(operation: Schema): Schema {
  return { ...operation, operationId: String(operation.operationId).replace(/^put/, 'patch') }
}

const METHODS = ['get', 'post', 'put', 'patch', 'delete']

function byPath(a: Route, b: Route): number {
  if (a.path !== b.path) return a.path < b.path ? -1 : 1
  return METHODS.indexOf(a.method) - METHODS.indexOf(b.method)
}

function securitySchemes(): Record<string, Schema> {
  const scopes = Object.fromEntries(SCOPES.map((scope) => [scope, meaningOfScope(scope)]))
  return {
    user: {
      type: 'oauth2',
      description: 'A token of a user.',
      flows: {
        authorizationCode: { authorizationUrl: '/oauth/authorize', tokenUrl: '/oauth/token', scopes },
      },
    },
    application: {
      type: 'oauth2',
      description: 'A token of an application alone.',
      flows: { clientCredentials: { tokenUrl: '/oauth/token', scopes } },
    },
    session: {
      type: 'apiKey',
      in: 'cookie',
      name: 'session_id',
      description: 'The cookie of a signed-in browser; writes need the header `X-CSRF-Token` too.',
    },
  }
}

function meaningOfScope(scope: string): string {
  const words = scope.split(':')
  const admin = words[0] === 'admin' && words.length > 1
  const [verb = scope, what = ''] = admin ? words.slice(1) : words
  const object = what === '' ? 'everything' : what.replaceAll('_', ' ')
  if (verb === 'read') return `${admin ? 'As a moderator, read' : 'Read'} ${object}`
  if (verb === 'write') return `${admin ? 'As a moderator, change' : 'Change'} ${object}`
  if (verb === 'follow') return 'Deprecated: read and change blocks, follows and mutes'
  return verb === 'push' ? 'Receive push messages' : 'Know who the user is'
}
