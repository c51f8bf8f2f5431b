/**
 * How a setting is read from its text. Written by hand, since a schema library in every process would cost 17 MB of memory
 * for five kinds of values.
 *
 * @throws Error what is wrong with the value, as the rest of a sentence that begins with the setting's name
 */
export type Reader<T> = (value: string | undefined) => T

export const flag =
  (fallback: boolean): Reader<boolean> =>
  (value) => {
    if (!value) return fallback
    if (value === 'true' || value === 'false') return value === 'true'
    throw new Error(`must be true or false, not "${value}"`)
  }

export const text =
  (fallback: string): Reader<string> =>
  (value) =>
    value || fallback

export const optional = (): Reader<string | undefined> => (value) => value || undefined

export const integer =
  (fallback: number, min: number, max: number): Reader<number> =>
  (value) => {
    if (!value) return fallback
    const number = Number(value)
    if (Number.isInteger(number) && number >= min && number <= max) return number
    throw new Error(`must be a whole number from ${min} to ${max}, not "${value}"`)
  }

const SIZE = /^(\d+(?:\.\d+)?)\s*([kmgtp]?)i?b?$/i
const STEPS = ['', 'k', 'm', 'g', 't', 'p']

/** A size as people write it, in bytes: `40GB`, `1.5 TiB`, `500M`, `1048576`. Units are steps of 1,024. */
export const size =
  <Fallback extends number | undefined>(fallback: Fallback, min: number): Reader<number | Fallback> =>
  (value) => {
    if (!value) return fallback
    const [, amount = '', unit = ''] = SIZE.exec(value.trim()) ?? []
    const bytes = Math.floor(Number(amount) * 1024 ** STEPS.indexOf(unit.toLowerCase()))
    if (amount !== '' && bytes >= min && Number.isSafeInteger(bytes)) return bytes
    throw new Error(`must be a size such as 40GB or 500MB, not "${value}"`)
  }

export const oneOf =
  <const Word extends string>(fallback: Word, ...words: Word[]): Reader<Word> =>
  (value) => {
    if (value === undefined) return fallback
    const word = words.find((known) => known === value)
    if (word !== undefined) return word
    throw new Error(`must be one of ${words.filter(Boolean).join(', ')}, not "${value}"`)
  }

export const list = (): Reader<string[]> => (value) => (value ?? '').split(/[\s,]+/).filter(Boolean)

const HOST = /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d{1,5})?$/i
export const host =
  (fallback: string): Reader<string> =>
  (value) => {
    const name = (value || fallback).toLowerCase()
    if (HOST.test(name)) return name
    throw new Error(`must be a bare host name such as social.example.com, not "${value}"`)
  }
