import type { OpenApiDocument } from './document.ts'
import type { Schema } from './schema.ts'

/** An operation of the document with its place. */
export interface Operation {
  method: string
  path: string
  id: string
  summary: string
  tag: string
  isDeprecated: boolean
  schema: Schema
}

/** Every operation, in the order of the document. */
export function operationsOf(document: OpenApiDocument): Operation[] {
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, schema]) => ({
      method,
      path,
      id: String(schema.operationId),
      summary: String(schema.summary),
      tag: String((schema.tags as string[])[0]),
      isDeprecated: schema.deprecated === true,
      schema,
    })),
  )
}

export function findOperation(document: OpenApiDocument, id: string): Operation | undefined {
  return operationsOf(document).find((operation) => operation.id === id)
}
