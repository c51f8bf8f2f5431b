import type { Schema } from '../../src/api/openapi/schema.ts'

/** What is sent in the place of a value: text goes into forms and queries, the rest into JSON. */
export interface OddValue {
  what: string
  value: unknown
}

const LONG = 'x'.repeat(20_000)
const MANY = Array.from({ length: 3_000 }, (_, index) => String(index))
const HUGE = '99999999999999999999999999'
const MISSING_ID = '109999999999999999'

/** What is read as absent wherever no list or hash is asked for. */
const FEW: OddValue[] = [
  { what: 'null', value: null },
  { what: 'nothing', value: '' },
  { what: 'a list', value: ['1', "'"] },
  { what: 'a hash', value: { a: { b: '"' } } },
]

const ANY: OddValue[] = [
  ...FEW,
  { what: 'a list of nulls and lists', value: [null, [[]], {}] },
  { what: 'many', value: MANY },
  { what: 'a huge number', value: HUGE },
  { what: 'a negative number', value: -1 },
]

const OF_TEXT: OddValue[] = [
  { what: 'too long', value: LONG },
  { what: 'SQL', value: "'; drop table users; --" },
  { what: 'odd characters', value: '\u202e\ufeff\u0007%_\\\u{1f469}\u200d\u{1f4bb}' },
  { what: 'half a pair', value: '\ud800' },
  { what: 'true', value: true },
]
const OF_NUMBER: OddValue[] = [
  { what: 'a huge number', value: HUGE },
  { what: 'a negative number', value: -1 },
  { what: 'words', value: 'many' },
  { what: 'beyond 64 bits', value: 1e300 },
  { what: 'at the edge of 64 bits', value: '9223372036854775807' },
  { what: 'a fraction', value: 1.5 },
]
const OF_BOOLEAN: OddValue[] = [
  { what: 'words', value: 'perhaps' },
  { what: 'a number', value: 2 },
]
const OF_HASH: OddValue[] = [
  { what: 'text', value: 'text' },
  { what: 'an empty hash', value: {} },
]

/** The bounds of pages are read by the same code everywhere: fewer tries each. */
const BOUNDS = new Set(['limit', 'offset', 'max_id', 'since_id', 'min_id'])
const OF_BOUND: OddValue[] = [
  { what: 'nothing', value: '' },
  { what: 'words', value: 'words' },
  { what: 'a list', value: ['1'] },
  { what: 'a hash', value: { a: '1' } },
  { what: 'a huge number', value: HUGE },
  { what: 'a negative number', value: -1 },
]

/** Odd values for a parameter of some name and schema; ids of others come from `others`. */
export function oddValues(name: string, schema: Schema, others: readonly string[]): OddValue[] {
  if (BOUNDS.has(name)) return OF_BOUND
  const types = [schema.type].flat()
  const ids = others.map((value) => ({ what: `the id ${value} of somebody else`, value }))
  if (types.includes('integer') || types.includes('number')) return [...FEW, ...OF_NUMBER]
  if (types.includes('boolean')) return [...FEW, ...OF_BOOLEAN]
  if (types.includes('array'))
    return [
      ...ANY,
      { what: 'text', value: 'text' },
      { what: 'ids of others', value: [...others, MISSING_ID] },
      ...inside(schema.items as Schema | undefined, (value) => [value]),
    ]
  if (types.includes('object')) return [...ANY, ...OF_HASH, ...insideHash(schema)]
  if (typeof schema.pattern === 'string')
    return [
      ...ANY,
      { what: 'an id of nothing', value: MISSING_ID },
      { what: 'words', value: 'words' },
      ...ids,
    ]
  return [...ANY, ...OF_TEXT]
}

/** Odd values for every field of a hash, one at a time. */
function insideHash(schema: Schema): OddValue[] {
  const properties = (schema.properties ?? {}) as Record<string, Schema>
  return Object.entries(properties).flatMap(([name, child]) =>
    inside(child, (value) => ({ [name]: value })).map(({ what, value }) => ({
      what: `${name}: ${what}`,
      value,
    })),
  )
}

function inside(schema: Schema | undefined, wrap: (value: unknown) => unknown): OddValue[] {
  if (!schema) return []
  const isHash = schema.type === 'object'
  const values = isHash ? insideHash(schema) : oddScalars(schema)
  return values.map(({ what, value }) => ({ what, value: wrap(value) }))
}

/** Fewer than for a parameter of its own: every piece below it is read by the same code. */
function oddScalars(schema: Schema): OddValue[] {
  const isText = [schema.type].flat().includes('string')
  return [
    { what: 'null', value: null },
    { what: 'a hash', value: { a: 'b' } },
    ...(isText ? [{ what: 'a huge number', value: HUGE }] : []),
    ...(isText ? [{ what: 'too long', value: LONG }] : []),
  ]
}

/** What may stand in the place of a part of a path. Written as it goes over the wire. */
export const ODD_PLACES: readonly string[] = [
  'words',
  '-1',
  '0',
  HUGE,
  MISSING_ID,
  '%20',
  '%2e%2e%2fadmin',
  '%ff%fe',
  '1%00',
  "1'--",
  '%F0%9F%A6%87',
  'x'.repeat(3_000),
]

/** Whole bodies that are none of a kind: with their content type. */
export const ODD_BODIES: readonly { what: string; type: string; body: string | Uint8Array<ArrayBuffer> }[] = [
  { what: 'half a JSON', type: 'application/json', body: '{"status": "' },
  { what: 'a JSON list', type: 'application/json', body: '[1, {"id": "1"}]' },
  { what: 'a JSON text', type: 'application/json', body: '"text"' },
  { what: 'JSON null', type: 'application/json', body: 'null' },
  { what: 'deep JSON', type: 'application/json', body: `${'{"a":'.repeat(200)}1${'}'.repeat(200)}` },
  { what: 'JSON that is no UTF-8', type: 'application/json', body: bytes('{"status": "', 0xff, 0xfe, '"}') },
  {
    what: 'a form that is no UTF-8',
    type: 'application/x-www-form-urlencoded',
    body: 'status=%ff%fe&id=%c3',
  },
  {
    what: 'a form with two kinds of one name',
    type: 'application/x-www-form-urlencoded',
    body: 'a=1&a[]=2&a[b]=3',
  },
  {
    what: 'a multipart form without an end',
    type: 'multipart/form-data; boundary=x',
    body: '--x\r\nContent-Disposition: form-data; name="status"\r\n\r\nhello',
  },
  { what: 'another type', type: 'application/xml', body: '<status/>' },
]

function bytes(...parts: (string | number)[]): Uint8Array<ArrayBuffer> {
  return new Uint8Array(parts.flatMap((part) => (typeof part === 'number' ? [part] : [...Buffer.from(part)])))
}
