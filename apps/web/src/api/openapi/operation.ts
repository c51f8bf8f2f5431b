import type { Auth, Route } from '../../http/route.ts'
import { errorStatuses, meaningOf } from './errors.ts'
import { headersOf, isDeprecated } from './headers.ts'
import { bodyObject, parameterObjects, wireParameters } from './parameters.ts'
import { answerSchema, refTo, type Schema } from './schema.ts'

/** What an operation answers with one of its statuses. */
const GOOD_MEANINGS: Record<number, string> = {
  200: 'Done.',
  202: 'Taken; the work goes on.',
  206: 'Not complete yet; ask again.',
  301: 'It has another address.',
  304: 'Not changed.',
}

/** A route as an OpenAPI operation. */
export function operationOf(route: Route): Schema {
  const parameters = wireParameters(route)
  const objects = parameterObjects(parameters)
  const body = bodyObject(route, parameters)
  return {
    operationId: operationId(route),
    summary: route.summary,
    tags: [tagOf(route.path)],
    ...(isDeprecated(route) ? { deprecated: true } : {}),
    security: securityOf(route.auth),
    ...(route.permissions ? { 'x-permissions': route.permissions } : {}),
    ...(route.rateLimit ? { 'x-rate-limit': route.rateLimit } : {}),
    ...(objects.length > 0 ? { parameters: objects } : {}),
    ...(body ? { requestBody: body } : {}),
    responses: responsesOf(
      route,
      parameters.map(({ name }) => name),
    ),
  }
}

/** The schemas of the bodies a route may answer with, by status; null for no body. Several: one of them. */
export function bodiesOf(route: Route): Map<number, (Schema | null)[]> {
  const bodies = new Map<number, (Schema | null)[]>()
  const add = (status: number, schema: Schema | null) =>
    bodies.set(status, [...(bodies.get(status) ?? []), schema])
  if (!isRedirect(route)) add(200, answerSchema(route.answers))
  for (const [status, answers] of Object.entries(route.alsoAnswers ?? {}))
    add(Number(status), answerSchema(answers))
  for (const status of errorStatuses(route)) add(status, refTo('Error'))
  return bodies
}

const isRedirect = (route: Route) => Object.keys(route.alsoAnswers ?? {}).includes('301')

function responsesOf(route: Route, parameterNames: readonly string[]): Schema {
  const headers = headersOf(route, parameterNames)
  const entries = [...bodiesOf(route)].sort(([a], [b]) => a - b)
  return Object.fromEntries(
    entries.map(([status, schemas]) => {
      const isPlainError = status >= 400 && schemas.length === 1
      if (isPlainError) return [status, { $ref: `#/components/responses/Error${status}` }]
      const bodied = schemas.filter((schema) => schema !== null)
      const schema = bodied.length > 1 ? { anyOf: bodied } : bodied[0]
      return [
        status,
        {
          description: GOOD_MEANINGS[status] ?? meaningOf(status),
          ...(status < 400 && Object.keys(headers).length > 0 ? { headers } : {}),
          ...(schema ? { content: { [mediaTypeOf(route)]: { schema } } } : {}),
        },
      ]
    }),
  )
}

function mediaTypeOf(route: Route): string {
  return route.answers === 'page' ? 'text/html' : 'application/json'
}

/** `get /api/v1/accounts/:id/statuses` → `getV1AccountsIdStatuses`. */
function operationId(route: Route): string {
  const words = route.path.replace(/^\/api/, '').match(/[a-zA-Z0-9]+/g) ?? []
  return route.method + words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('')
}

/** `/api/v1/accounts/…` → `accounts`; the admin API by what it is about. */
export function tagOf(path: string): string {
  const [, , version = '', first = '', second = ''] = path.split('/')
  if (path.startsWith('/oauth/') || path.startsWith('/.well-known/')) return 'oauth'
  if (first === 'admin') return `admin ${second}`
  return (/^v\d/.test(version) ? first : version).replace(/\{.*/, '').replace(/\.\w+$/, '')
}

/** Whose token opens the operation: alternatives, the empty one for nobody. */
function securityOf(auth: Auth): Schema[] {
  const each = (scheme: string, scopes: readonly string[]): Schema[] =>
    scopes.length === 0 ? [{ [scheme]: [] }] : scopes.map((scope) => ({ [scheme]: [scope] }))
  switch (auth.kind) {
    case 'none':
      return []
    case 'optional':
      return [{}, ...each('user', auth.scopes), ...each('application', auth.scopes)]
    case 'token':
      return [...each('user', auth.scopes), ...each('application', auth.scopes)]
    case 'user':
      return each('user', auth.scopes)
    case 'app':
      return each('application', auth.scopes)
    case 'session':
      return [{ session: [] }]
  }
}
