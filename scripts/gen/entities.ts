import { join } from 'node:path'
import { createGenerator } from 'ts-json-schema-generator'
import { ROOT } from '../lib/paths.mjs'

type Schema = Record<string, unknown>

/** Days without a time, and texts, among the names that end as times do. */
const FORMATS: Record<string, string> = { last_status_at: 'date', effective_date: 'date' }

/** The JSON Schemas of every exported wire type, by name, with references as OpenAPI has them. */
export function entitySchemas(): Record<string, Schema> {
  const generator = createGenerator({
    path: join(ROOT, 'packages/core/src/entities/types/index.ts'),
    tsconfig: join(ROOT, 'tsconfig.json'),
    type: '*',
    skipTypeCheck: true,
    additionalProperties: false,
    encodeRefs: false,
    sortProps: false,
    jsDoc: 'extended',
  })
  const definitions = (generator.createSchema('*').definitions ?? {}) as Record<string, Schema>
  const names = Object.keys(definitions).sort()
  return Object.fromEntries(names.map((name) => [name, polished(definitions[name] as Schema) as Schema]))
}

/** Moves references to where OpenAPI keeps schemas, and says of texts and numbers what their names tell. */
function polished(node: unknown, name = ''): unknown {
  if (Array.isArray(node)) return node.map((item) => polished(item))
  if (typeof node !== 'object' || node === null) return node
  const schema = node as Schema
  const copy = Object.fromEntries(
    Object.entries(schema)
      // Links for readers of the code.
      .filter(([key, value]) => !(key === 'see' && typeof value === 'string'))
      .map(([key, value]) => [key, polishedPart(key, value)]),
  )
  const types = [schema.type].flat()
  if (types.includes('number') && /(^|_)(count|limit|width|height|size)$/.test(name))
    copy.type = Array.isArray(schema.type) ? types.map(integerOf) : 'integer'
  const format = FORMATS[name] ?? (name.endsWith('_at') ? 'date-time' : undefined)
  if (types.includes('string') && format && schema.format === undefined) copy.format = format
  return copy
}

const integerOf = (type: unknown) => (type === 'number' ? 'integer' : type)

function polishedPart(key: string, value: unknown): unknown {
  if (key === '$ref') return String(value).replace('#/definitions/', '#/components/schemas/')
  if (key === 'properties')
    return Object.fromEntries(
      Object.entries(value as Record<string, unknown>).map(([name, schema]) => [
        name,
        polished(schema, name),
      ]),
    )
  return polished(value)
}
