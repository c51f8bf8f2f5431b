import { NotFoundError } from '@anancus/core/kernel/errors'
import { isId } from '@anancus/core/kernel/ids'
import type { Window } from '@anancus/db'
import { z } from 'zod'
import { isHash, type ParamHash, type ParamValue } from './param-tree.ts'

/**
 * The pieces a route's `params` is made of. Each reads what Rails would read from the same text or JSON, and none
 * refuses what Rails lets pass: a wrong type is an absent value, unless the piece says otherwise. Rules about meaning
 * (length, range, presence) belong to the use case.
 */
const reading = <T>(read: (value: unknown) => T, wire: WireSchema) =>
  z.unknown().optional().transform(read).meta(wire)

/** What a client is to send, as JSON Schema: for the description of the API and for the walks made from it. */
export type WireSchema = Record<string, unknown>

/** What clients are to send for a schema made of these pieces. */
export function wireSchemaOf(schema: z.ZodType): WireSchema {
  const { $schema: _, ...wire } = z.toJSONSchema(schema, {
    io: 'input',
    unrepresentable: 'any',
    // zod leaves defaults out of what is sent; whoever reads the description wants to know them.
    override({ zodSchema, jsonSchema }) {
      const fallback = z.globalRegistry.get(zodSchema)?.default
      if (fallback !== undefined) jsonSchema.default = fallback as never
    },
  })
  return wire
}

/**
 * Says of a piece that nothing is done without it. Only the description knows: what is refused, and with which words, is
 * the use case's.
 */
export const required = <Piece extends z.ZodType>(piece: Piece): Piece => piece.meta({ [REQUIRED]: true })

/** The mark of `required` in a wire schema; the description takes it out. */
export const REQUIRED = 'x-required'

const ID: WireSchema = { type: 'string', pattern: '^[0-9]+$' }
const WORD: WireSchema = { type: 'string' }

const FALSE_VALUES = new Set(['false', '0', 'f', 'F', 'FALSE', 'off', 'OFF'])

function readBoolean(value: unknown): boolean | undefined {
  const text = readString(value)
  return text === undefined || text === '' ? undefined : !FALSE_VALUES.has(text)
}

function readString(value: unknown): string | undefined {
  if (typeof value === 'string') return value
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined
}

/** Ruby's `to_i`: the leading digits, else 0. */
function readInteger(value: unknown): number | undefined {
  const text = readString(value)
  if (text === undefined) return undefined
  const number = Number.parseInt(text, 10)
  return Number.isSafeInteger(number) ? number : 0
}

/** True, false, or undefined for absent and empty. `false 0 f off` are false in Rails' spellings, all else is true. */
export const booleanParam = reading(readBoolean, { type: 'boolean' })

/** As `booleanParam`, with a value for absent and empty. */
export const flagParam = (fallback: boolean) =>
  reading((value) => readBoolean(value) ?? fallback, { type: 'boolean', default: fallback })

/** A string; numbers and booleans of JSON become text, lists and hashes are dropped. */
export const stringParam = reading(readString, WORD)

/** A string, or null where the client sent null; undefined when absent. */
export const nullableStringParam = reading((value) => (value === null ? null : readString(value)), {
  type: ['string', 'null'],
})

/** A whole number; text without leading digits is 0. */
export const integerParam = reading(readInteger, { type: 'integer' })

/** The id of something that must exist: what cannot be an id is not found. */
export const idParam = reading((value) => {
  const text = readString(value)
  if (!isId(text)) throw new NotFoundError()
  return text
}, ID)

/** As `idParam` for what has an audience: what cannot be an id is answered as what is hidden is. */
export const visibleIdParam = reading((value) => {
  const text = readString(value)
  if (!isId(text)) throw new NotFoundError('Not Found')
  return text
}, ID)

/** An id that may be absent or empty; what cannot be an id is not found. */
export const optionalIdParam = reading((value) => {
  const text = readString(value)
  if (text === undefined || text === '') return undefined
  if (!isId(text)) throw new NotFoundError()
  return text
}, ID)

/** One of some words; anything else is absent. */
export const wordParam = <Word extends string>(...words: readonly Word[]) =>
  reading((value) => words.find((word) => word === value), { type: 'string', enum: words })

/** `abs(int)` up to `max`; empty or not a number is 0, absent is the default. The reference's rule for `limit`. */
export const limitParam = (fallback: number, max = fallback * 2) =>
  reading(
    (value) => {
      if (value === undefined || value === null) return fallback
      return Math.min(Math.abs(readInteger(value) ?? 0), max)
    },
    { type: 'integer', minimum: 0, maximum: max, default: fallback, description: 'How many at most.' },
  )

/** How many to skip; never negative. */
export const offsetParam = reading((value) => Math.max(0, readInteger(value) ?? 0), {
  type: 'integer',
  minimum: 0,
  default: 0,
  description: 'How many to skip.',
})

/**
 * A list of strings. A bare scalar is dropped, or with `wrap` becomes a list of one: endpoints differ.
 * Undefined when absent, so that "not sent" and "sent empty" can be told apart.
 */
export const arrayParam = (options: { wrap?: boolean } = {}) =>
  reading(
    (value): string[] | undefined => {
      if (Array.isArray(value)) return value.map(readString).filter((item) => item !== undefined)
      const scalar = options.wrap ? readString(value) : undefined
      return scalar === undefined ? undefined : [scalar]
    },
    { type: 'array', items: WORD },
  )

/** A list of ids: what cannot be an id is left out, as it could match nothing. */
export const idsParam = (options: { wrap?: boolean } = {}) =>
  arrayParam(options)
    .transform((items) => items?.filter(isId))
    .meta({ type: 'array', items: ID })

/** A list of hashes: a JSON list, `a[][x]=…`, or a hash with numbers for keys (`a[0][x]=…`). */
export const recordsParam = reading(
  (value): ParamHash[] | undefined => {
    if (Array.isArray(value)) return value.filter(isHash)
    if (!isHash(value)) return undefined
    return Object.keys(value)
      .sort((a, b) => Number(a) - Number(b))
      .map((key) => value[key])
      .filter(isHash)
  },
  { type: 'array', items: { type: 'object' } },
)

/** As `recordsParam`, saying besides what a hash may hold; reading it is the caller's. */
export const recordsParamOf = (shape: z.ZodRawShape) =>
  recordsParam.meta({ type: 'array', items: wireSchemaOf(z.object(shape)) })

/** A hash read by a schema of these pieces; absent when something else was sent. */
export const hashParam = <Shape extends z.ZodRawShape>(shape: Shape) => {
  const schema = z.object(shape)
  return reading((value) => (isHash(value) ? schema.parse(value) : undefined), wireSchemaOf(schema))
}

/** A hash as it came. */
export const rawHashParam = reading((value): ParamHash | undefined => (isHash(value) ? value : undefined), {
  type: 'object',
  additionalProperties: true,
})

const HIGHEST_ID = 9_223_372_036_854_775_807n

/** A bound of a page: leading digits, 0 for other text, the highest id for what is larger than any. */
const cursorParam = (description: string) =>
  reading(
    (value) => {
      const text = readString(value)
      if (text === undefined || text === '') return undefined
      const digits = /^\s*(\d+)/.exec(text)?.[1] ?? '0'
      return (BigInt(digits) > HIGHEST_ID ? HIGHEST_ID : BigInt(digits)).toString()
    },
    { ...ID, description },
  )

/**
 * `limit`, `max_id`, `since_id` and `min_id`, to spread into a route's params; `windowOf` makes them a window.
 *
 * @see https://docs.joinmastodon.org/api/guidelines/#pagination
 */
export const windowParams = (fallback: number, max = fallback * 2) => ({
  limit: limitParam(fallback, max),
  max_id: cursorParam('Only what is older.'),
  since_id: cursorParam('Only what is newer, beginning with the newest.'),
  min_id: cursorParam('Only what is newer, beginning with what comes next.'),
})

export interface WindowInput {
  limit: number
  max_id?: string | undefined
  since_id?: string | undefined
  min_id?: string | undefined
}

/** The page asked for. `min_id` wins over `since_id`. */
export function windowOf(params: WindowInput): Window {
  return { limit: params.limit, maxId: params.max_id, sinceId: params.since_id, minId: params.min_id }
}

/** No parameters. */
export const noParams = z.object({})

/** Reads one scalar of a tree. */
export function scalarAt(tree: ParamHash, name: string): string | undefined {
  return readString(tree[name])
}

export type { ParamHash, ParamValue }
