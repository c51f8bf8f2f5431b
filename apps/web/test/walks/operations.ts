import { apiRoutes } from '../../src/api/index.ts'
import { buildDocument } from '../../src/api/openapi/document.ts'
import type { Schema } from '../../src/api/openapi/schema.ts'
import type { Route } from '../../src/http/route.ts'
import { oauthRoutes } from '../../src/oauth/router.ts'

/** A parameter as the document describes it. */
export interface WalkedParameter {
  name: string
  in: 'path' | 'query' | 'body'
  schema: Schema
  isRequired: boolean
}

/** An operation of the document, with all a walk needs to call it. */
export interface WalkedOperation {
  name: string
  method: string
  /** `/api/v1/statuses/{id}` */
  path: string
  parameters: WalkedParameter[]
  /** Whose token it wants. */
  auth: Route['auth']['kind']
  isPermitted: boolean
  /** Asks what is there before it asks who is. */
  looksUp: boolean
}

const routes = [...apiRoutes, ...oauthRoutes]

/** Every operation of the description of the API; PATCH is PUT by another name and left out. */
export function walkedOperations(): WalkedOperation[] {
  const { paths } = buildDocument(routes, {})
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods)
      .filter(([method]) => method !== 'patch' || !methods.put)
      .map(([method, operation]) => walked(path, method, operation)),
  )
}

function walked(path: string, method: string, operation: Schema): WalkedOperation {
  const described = (operation.parameters ?? []) as {
    name: string
    in: 'path' | 'query'
    schema: Schema
    required?: boolean
  }[]
  const body = operation.requestBody as { content: Record<string, { schema: Schema }> } | undefined
  const form = body?.content['multipart/form-data']?.schema
  const fields = Object.entries((form?.properties ?? {}) as Record<string, Schema>)
  const needed = (form?.required ?? []) as string[]
  const route = routeOf(path, method)
  return {
    name: `${method.toUpperCase()} ${path}`,
    method: method.toUpperCase(),
    path,
    parameters: [
      ...described.map(({ name, in: place, schema, required = false }) => ({
        name: name.replace('[]', ''),
        in: place,
        schema,
        isRequired: required,
      })),
      ...fields.map(([name, schema]) => ({
        name,
        in: 'body' as const,
        schema,
        isRequired: needed.includes(name),
      })),
    ],
    auth: route.auth.kind,
    isPermitted: route.permissions !== undefined,
    looksUp: route.lookUp !== undefined,
  }
}

function routeOf(path: string, method: string): Route {
  const shape = path.replace(/\{\w+\}/g, ':')
  const found = routes.find(
    (route) =>
      route.method === method && route.path.replace(/\{\/\*\w+\}/g, '/:').replace(/:\w+/g, ':') === shape,
  )
  if (!found) throw new Error(`No route is ${method} ${path}`)
  return found
}
