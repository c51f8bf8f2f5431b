/** An answer of Elasticsearch that is no success, with its words. */
export class Refusal extends Error {
  readonly status: number
  readonly type: string

  constructor(status: number, type: string, reason: string) {
    super(reason)
    this.status = status
    this.type = type
  }

  get body(): object {
    const cause = { type: this.type, reason: this.message }
    return { error: { root_cause: [cause], ...cause }, status: this.status }
  }
}

export const parsing = (reason: string): Refusal => new Refusal(400, 'parsing_exception', reason)
export const illegal = (reason: string): Refusal => new Refusal(400, 'illegal_argument_exception', reason)
export const noIndex = (name: string): Refusal =>
  new Refusal(404, 'index_not_found_exception', `no such index [${name}]`)

export type Json = Record<string, unknown>

/** An object with no other keys than these. */
export function object(value: unknown, keys: readonly string[], where: string): Json {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw parsing(`[${where}] must be an object`)
  const unknown = Object.keys(value).find((key) => !keys.includes(key))
  if (unknown !== undefined) throw parsing(`[${where}] unknown field [${unknown}]`)
  return value as Json
}

/** An object with exactly one key. */
export function onlyEntry(value: unknown, where: string): [string, unknown] {
  const entries = Object.entries(object(value, Object.keys((value ?? {}) as object), where))
  const [entry] = entries
  if (entries.length !== 1 || !entry) throw parsing(`[${where}] malformed query, expected one field`)
  return entry
}

export function list(value: unknown, where: string): unknown[] {
  if (!Array.isArray(value)) throw parsing(`[${where}] must be an array`)
  return value
}

export function whole(value: unknown, where: string, least = 0): number {
  if (!Number.isInteger(value) || (value as number) < least)
    throw parsing(`[${where}] must be a whole number from ${least}, not [${String(value)}]`)
  return value as number
}

export function string(value: unknown, where: string): string {
  if (typeof value !== 'string') throw parsing(`[${where}] must be a string`)
  return value
}

export function oneOf(value: unknown, words: readonly string[], where: string): string {
  if (!words.includes(value as string)) throw parsing(`[${where}] unknown value [${String(value)}]`)
  return value as string
}
