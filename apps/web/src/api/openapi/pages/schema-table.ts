import { type Html, html } from '@anancus/core/kernel/text/html'
import type { Schema } from '../schema.ts'

/** What a value may be, in words and links to entities. */
export function typeOf(schema: Schema): Html {
  const ref = schema.$ref
  if (typeof ref === 'string') {
    const name = ref.slice(ref.lastIndexOf('/') + 1)
    return html`<a href="/api/docs?entity=${name}">${name}</a>`
  }
  const alternatives = (schema.anyOf ?? schema.oneOf) as Schema[] | undefined
  if (alternatives) return joined(alternatives.map(typeOf))
  if (Array.isArray(schema.enum)) return joined(schema.enum.map((word) => html`<code>${String(word)}</code>`))
  if (schema.const !== undefined) return html`<code>${JSON.stringify(schema.const)}</code>`
  const types = [schema.type ?? 'any'].flat().map(String)
  return joined(types.map((type) => plainType(type, schema)))
}

function plainType(type: string, schema: Schema): Html {
  if (type === 'array') return html`list of ${typeOf((schema.items as Schema | undefined) ?? {})}`
  if (type === 'object') {
    const values = schema.additionalProperties
    return typeof values === 'object' && values !== null
      ? html`hash of ${typeOf(values as Schema)}`
      : html`object`
  }
  const { format, pattern } = schema
  const note = typeof format === 'string' ? format : pattern === '^[0-9]+$' ? 'digits' : undefined
  return html`${type}${note && html` (${note})`}`
}

const joined = (parts: readonly Html[]): Html =>
  html`${parts.map((part, index) => html`${index > 0 && ' or '}${part}`)}`

export interface Row {
  name: string
  schema: Schema
  note?: string | undefined
}

/** Names with what they hold; the fields of nested objects are indented below them. */
export function schemaTable(caption: string, rows: readonly Row[]): Html {
  return html`<div class="scroll"><table class="list api-table">
<caption class="visually-hidden">${caption}</caption>
<thead><tr><th scope="col">Name</th><th scope="col">Holds</th><th scope="col">Besides</th></tr></thead>
<tbody>${rows.flatMap((row) => rowsOf(row, ''))}</tbody>
</table></div>`
}

function rowsOf({ name, schema, note }: Row, above: string): Html[] {
  const own = html`<tr><th scope="row"><code>${above}${name}</code></th><td>${typeOf(schema)}</td><td class="muted">${besides(schema, note)}</td></tr>`
  return [own, ...fieldsOf(schema).flatMap((field) => rowsOf(field, `${above}${name}${field.separator}`))]
}

/** The fields of an object, or of the objects in a list. */
function fieldsOf(schema: Schema): (Row & { separator: string })[] {
  const isList = schema.type === 'array'
  const object = isList ? (schema.items as Schema | undefined) : schema
  const properties = (object?.properties ?? {}) as Record<string, Schema>
  const required = new Set((object?.required ?? []) as string[])
  const hasRequired = required.size > 0
  return Object.entries(properties).map(([name, child]) => ({
    name,
    schema: child,
    separator: isList ? '[].' : '.',
    note: hasRequired && !required.has(name) ? 'not always there' : undefined,
  }))
}

function besides(schema: Schema, note: string | undefined): string {
  const { description, maximum } = schema
  const parts = [
    note,
    typeof description === 'string' ? description : undefined,
    schema.default === undefined ? undefined : `${JSON.stringify(schema.default)} if not sent`,
    typeof maximum === 'number' ? `${maximum} at most` : undefined,
  ]
  return parts.filter((part) => part !== undefined).join('; ')
}

/** The rows of an object's own fields. */
export function rowsOfObject(schema: Schema): Row[] {
  return fieldsOf(schema).map(({ name, schema: child, note }) => ({ name, schema: child, note }))
}
