import type { Analysis, Analyzer } from './analyze.ts'
import { type Json, object, oneOf, Refusal } from './refusal.ts'

export type FieldType = 'text' | 'keyword' | 'long' | 'integer' | 'date' | 'boolean'

export interface Field {
  type: FieldType
  /** How a document's text becomes tokens, and how a query's does. */
  analyze: Analyzer
  analyzeQuery: Analyzer
  /** Of keywords. */
  normalize(text: string): string
  /** The field of a document it is filled from. */
  from: string
}

export interface Mapping {
  given: Json
  fields: Map<string, Field>
}

const whatever: Analyzer = (text) => [{ text, position: 0 }]
const failed = (reason: string) => new Refusal(400, 'mapper_parsing_exception', reason)

/** @throws Refusal 400 for what the real one would not map */
export function readMapping(given: unknown, analysis: Analysis): Mapping {
  const mapping = object(given, ['dynamic', 'properties', '_meta'], 'mappings')
  if (mapping.dynamic !== 'strict') throw failed('only strict mappings are expected here')
  const fields = new Map<string, Field>()
  for (const [name, of] of Object.entries(mapping.properties as Json)) {
    const { fields: more = {}, ...own } = object(of, [...KEYS, 'fields'], name)
    fields.set(name, readField(name, own, name, analysis))
    for (const [sub, given] of Object.entries(more as Json))
      fields.set(`${name}.${sub}`, readField(name, object(given, KEYS, sub), `${name}.${sub}`, analysis))
  }
  return { given: mapping, fields }
}

const KEYS = ['type', 'analyzer', 'search_analyzer', 'normalizer']

function readField(from: string, given: Json, name: string, analysis: Analysis): Field {
  const type = oneOf(given.type, ['text', 'keyword', 'long', 'integer', 'date', 'boolean'], name) as FieldType
  const analyzerNamed = (key: string) => {
    const found = analysis.analyzers.get(given[key] as string)
    if (!found) throw failed(`analyzer [${String(given[key])}] has not been configured in mappings`)
    return found
  }
  if (type !== 'text' && (given.analyzer || given.search_analyzer))
    throw failed(`unknown parameter [analyzer] on mapper [${name}] of type [${type}]`)
  if (type !== 'keyword' && given.normalizer)
    throw failed(`unknown parameter [normalizer] on mapper [${name}] of type [${type}]`)
  const normalizer = given.normalizer ? analysis.normalizers.get(given.normalizer as string) : undefined
  if (given.normalizer && !normalizer) throw failed(`normalizer [${String(given.normalizer)}] not found`)
  const analyze = type === 'text' ? analyzerNamed('analyzer') : whatever
  return {
    type,
    from,
    analyze,
    analyzeQuery: given.search_analyzer ? analyzerNamed('search_analyzer') : analyze,
    normalize: normalizer ?? ((text) => text),
  }
}

/** A value of a document or a query as the field keeps it. @throws Refusal 400 it is none */
export function valueFor(field: Field, value: unknown, name: string): string | bigint | boolean {
  const isText = typeof value === 'string'
  if (field.type === 'text' && isText) return value
  if (field.type === 'keyword' && isText) return field.normalize(value)
  if (field.type === 'boolean' && typeof value === 'boolean') return value
  if (field.type === 'long' || field.type === 'integer') {
    if (isText && /^-?\d{1,19}$/.test(value)) return BigInt(value)
    if (Number.isSafeInteger(value)) return BigInt(value as number)
  }
  if (field.type === 'date' && isText && /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value))
    return BigInt(Date.parse(value))
  throw new Refusal(
    400,
    'document_parsing_exception',
    `failed to parse field [${name}] of type [${field.type}]: [${String(value)}]`,
  )
}
