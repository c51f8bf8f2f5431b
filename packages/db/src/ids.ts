import { randomInt } from 'node:crypto'

const TAIL_BITS = 16n

/** An id for a row that is dated (a remote status): its milliseconds, then 16 random bits. Sorts among its peers. */
export function idAt(date: Date): string {
  return ((BigInt(date.getTime()) << TAIL_BITS) | BigInt(randomInt(65_536))).toString()
}

/** The lowest id of a moment: everything from then on is greater or equal. */
export function firstIdAt(date: Date): string {
  return (BigInt(date.getTime()) << TAIL_BITS).toString()
}

/** When a timestamp id was made. */
export function dateOfId(id: string): Date {
  return new Date(Number(BigInt(id) >> TAIL_BITS))
}

const ID = /^-?\d{1,19}$/
const HIGHEST_ID = 9_223_372_036_854_775_807n

/** Whether a string from outside can be an id at all; anything else is "not found", never a database error. */
export function isId(text: unknown): text is string {
  return (
    typeof text === 'string' && ID.test(text) && BigInt(text) <= HIGHEST_ID && BigInt(text) >= -HIGHEST_ID
  )
}
