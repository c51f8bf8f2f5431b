import { readFileSync } from 'node:fs'
import { apiRoutes } from '../../src/api/index.ts'
import { bodiesOf } from '../../src/api/openapi/operation.ts'
import type { Schema } from '../../src/api/openapi/schema.ts'
import type { Route } from '../../src/http/route.ts'
import { oauthRoutes } from '../../src/oauth/router.ts'
import { recordAnswer } from './record-answers.ts'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import type { ValidateFunction } from 'ajv'

/** What a test saw of an answer. */
export interface SeenAnswer {
  method: string
  /** As it was asked for, with its query. */
  path: string
  status: number
  text: string
}

const DOCUMENT = new URL('../../src/api/openapi/openapi.gen.json', import.meta.url)
const HINT =
  'Either the answer is wrong or the description is: see `answers` of the route, and run `pnpm gen` after a change in entities/types.'

/** What nobody foresaw, and what Node refuses before it asks us: headers of more than 16 KiB. */
const UNDESCRIBED = new Set([431, 500])

interface KnownRoute {
  route: Route
  pattern: RegExp
}

const routes = [...apiRoutes, ...oauthRoutes].map(
  (route): KnownRoute => ({ route, pattern: patternOf(route.path) }),
)
const validators = new Map<string, ValidateFunction>()
let ajv: Ajv2020 | undefined

/**
 * Holds an answer against the description of the API, for every test that goes through the test server: a status that
 * is not described, a field that is missing, of another type or not described fails the test that saw it.
 *
 * @throws Error naming the route and the field
 */
export function checkAnswer(seen: SeenAnswer): void {
  const path = seen.path.replace(/[?#].*$/s, '')
  const route = routeOf(seen.method, path)
  if (!route || seen.method === 'HEAD') return
  const name = `${seen.method} ${route.path} answered ${seen.status}`
  if (UNDESCRIBED.has(seen.status)) return
  const bodies = bodiesOf(route).get(seen.status)
  if (!bodies) throw new Error(`${name}, which its description does not know. ${HINT}`)
  const problem = problemWith(bodies, route, seen)
  if (problem) throw new Error(`${name}: ${problem}. ${HINT}\n${seen.text.slice(0, 2000)}`)
  recordAnswer(route, seen)
}

/**
 * Holds something else that is said, like the payload of an event, against an entity of the description.
 *
 * @throws Error naming `what` and the field
 */
export function checkEntity(entity: string, value: unknown, what: string): void {
  const validate = validatorFor(`entity ${entity}`, [{ $ref: `#/components/schemas/${entity}` }])
  if (validate(value)) return
  throw new Error(`${what}: ${firstProblem(validate)}. ${HINT}\n${JSON.stringify(value).slice(0, 2000)}`)
}

/** The route that answers, as the server picks it: a word goes before a parameter. */
export function routeOf(method: string, path: string): Route | undefined {
  const fitting = routes.filter(
    ({ route, pattern }) =>
      (route.method.toUpperCase() === method || (route.method === 'put' && method === 'PATCH')) &&
      pattern.test(path),
  )
  return fitting.sort((a, b) => parametersIn(a.route) - parametersIn(b.route))[0]?.route
}

const parametersIn = (route: Route) => route.path.split(/[:*]/).length

function patternOf(path: string): RegExp {
  const source = path
    .replace(/\{\/\*\w+\}/g, '(?:/.*)?')
    .replace(/\./g, '\\.')
    .replace(/:\w+/g, '[^/]+')
  return new RegExp(`^${source}/?$`)
}

function problemWith(bodies: readonly (Schema | null)[], route: Route, seen: SeenAnswer): string | null {
  if (seen.text === '') return bodies.includes(null) ? null : 'there is no body'
  const schemas = bodies.filter((schema) => schema !== null)
  if (schemas.length === 0) return seen.status >= 300 && seen.status < 400 ? null : 'there is a body'
  let body: unknown
  try {
    body = JSON.parse(seen.text)
  } catch {
    return route.answers === 'page' ? null : 'the body is no JSON'
  }
  const validate = validatorFor(`${route.method} ${route.path} ${seen.status}`, schemas)
  return validate(body) ? null : firstProblem(validate)
}

/** The one that is deepest in the body: the others follow from it. */
function firstProblem(validate: ValidateFunction): string {
  const [error] = validate.errors?.toSorted((a, b) => b.instancePath.length - a.instancePath.length) ?? []
  return `${error?.instancePath || 'the body'} ${error?.message} ${JSON.stringify(error?.params)}`
}

function validatorFor(key: string, schemas: readonly Schema[]): ValidateFunction {
  const known = validators.get(key)
  if (known) return known
  const schema = schemas.length === 1 ? (schemas[0] as Schema) : { anyOf: schemas }
  const made = compiler().compile(pointingAtDocument(schema))
  validators.set(key, made)
  return made
}

/** Compiles each entity once for all routes that answer with it. */
function compiler(): Ajv2020 {
  if (ajv) return ajv
  ajv = new Ajv2020({ strict: false, validateSchema: false })
  addFormats.default(ajv)
  ajv.addSchema({ $id: 'openapi', ...JSON.parse(readFileSync(DOCUMENT, 'utf8')) }, 'openapi')
  return ajv
}

function pointingAtDocument(schema: Schema): Schema {
  return JSON.parse(JSON.stringify(schema).replaceAll('"#/components', '"openapi#/components'))
}
