import { REQUIRED, wireSchemaOf } from '../../http/params.ts'
import type { Route } from '../../http/route.ts'
import type { Schema } from './schema.ts'

/** One parameter of a route, wherever it is sent. */
export interface WireParameter {
  name: string
  in: 'path' | 'query' | 'body'
  schema: Schema
  required: boolean
}

const isList = (schema: Schema) => schema.type === 'array'
const isHash = (schema: Schema) => schema.type === 'object'

/** The names in a path, in its order. */
export function pathNames(path: string): string[] {
  return [...path.matchAll(/[:*](\w+)/g)].map((match) => match[1] as string)
}

/** A route's path as OpenAPI writes it: `/api/v1/statuses/{id}`. */
export function openApiPath(path: string): string {
  return path.replace(/\{\/\*(\w+)\}/g, '/{$1}').replace(/:(\w+)/g, '{$1}')
}

/** Every parameter of a route; what is no part of the path is in the query of a GET or DELETE, else in the body. */
export function wireParameters(route: Route): WireParameter[] {
  const wire = wireSchemaOf(route.params)
  const properties = (wire.properties ?? {}) as Record<string, Schema>
  const inPath = pathNames(route.path)
  const place = route.method === 'get' || route.method === 'delete' ? 'query' : 'body'
  const named = inPath.map(
    (name): WireParameter => ({
      name,
      in: 'path',
      schema: properties[name] ?? { type: 'string' },
      required: true,
    }),
  )
  const others = Object.entries(properties)
    .filter(([name]) => !inPath.includes(name))
    .map(
      ([name, { [REQUIRED]: isRequired, ...schema }]): WireParameter => ({
        name,
        in: place,
        schema,
        required: isRequired === true,
      }),
    )
  return [...named, ...others]
}

/** The parameters of path and query, as OpenAPI has them. A list is sent as `name[]=…`, a hash as `name[key]=…`. */
export function parameterObjects(parameters: readonly WireParameter[]): Schema[] {
  return parameters
    .filter((parameter) => parameter.in !== 'body')
    .map(({ name, in: place, schema, required }) => {
      const { description, ...rest } = schema
      return {
        name: place === 'query' && isList(schema) ? `${name}[]` : name,
        in: place,
        ...(required ? { required } : {}),
        ...(description === undefined ? {} : { description }),
        ...(place === 'query' && isHash(schema) ? { style: 'deepObject', explode: true } : {}),
        schema: rest,
      }
    })
}

/** The body of a write, which may come in any encoding; undefined when there is nothing to send. */
export function bodyObject(route: Route, parameters: readonly WireParameter[]): Schema | undefined {
  const uploads = Object.keys(route.uploads ?? {})
  const fields = parameters.filter((parameter) => parameter.in === 'body')
  if (fields.length === 0 && uploads.length === 0) return undefined
  const properties = Object.fromEntries(fields.map(({ name, schema }) => [name, schema]))
  const files = Object.fromEntries(
    uploads.map((name) => [name, { type: 'string', contentMediaType: 'application/octet-stream' }]),
  )
  const required = fields.filter((field) => field.required).map(({ name }) => name)
  const needed = required.length > 0 ? { required } : {}
  const content = (more: Schema = {}) => ({
    schema: { type: 'object', properties: { ...properties, ...more }, ...needed },
  })
  return {
    content: {
      'application/json': content(),
      'application/x-www-form-urlencoded': content(),
      'multipart/form-data': content(files),
    },
  }
}
