import { type Document, MAX_URI_LENGTH } from '../vocabulary.ts'

/**
 * Readers of JSON-LD values as fediverse servers really write them: one or many, a string or an object with an id,
 * a text or a map of languages. None throws; what cannot be read is null or empty.
 */

/** The items of a member that may be missing, one value or a list; at most `limit`. */
export function listOf(value: unknown, limit: number): unknown[] {
  if (value === undefined || value === null) return []
  return Array.isArray(value) ? value.slice(0, limit) : [value]
}

export function isDocument(value: unknown): value is Document {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The first object of a member, or null. */
export function documentOf(value: unknown): Document | null {
  const first = Array.isArray(value) ? value[0] : value
  return isDocument(first) ? first : null
}

export function stringOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null
}

/** A string of at most `limit` characters, no half of a surrogate pair left at its end. */
export function textOf(value: unknown, limit: number): string | null {
  if (typeof value !== 'string') return null
  return value.length <= limit ? value : value.slice(0, limit).replace(/[\uD800-\uDBFF]$/, '')
}

/** The id a reference names: itself when it is a string, its `id` when it is an object. The first of a list. */
export function idOf(value: unknown): string | null {
  const first = Array.isArray(value) ? value[0] : value
  const id = isDocument(first) ? first.id : first
  return typeof id === 'string' && id !== '' && id.length <= MAX_URI_LENGTH ? id : null
}

/** Every id of a member, unreadable ones left out; at most `limit`. */
export function idsOf(value: unknown, limit: number): string[] {
  return listOf(value, limit).flatMap((item) => idOf(item) ?? [])
}

/** The types of an object; JSON-LD allows several. */
export function typesOf(document: Document): string[] {
  return listOf(document.type, 10).filter((type) => typeof type === 'string')
}

/** The first of its types that is among `known`. */
export function typeAmong<Known extends string>(document: Document, known: readonly Known[]): Known | null {
  return (typesOf(document).find((type) => (known as readonly string[]).includes(type)) as Known) ?? null
}

/** An address as it was written, if it is http(s) and has a host; identity is compared on exactly this string. */
export function httpUri(value: unknown): string | null {
  const text = idOf(value)
  if (text === null || !/^https?:\/\/[^/?#\\]/i.test(text)) return null
  const url = URL.parse(text)
  const isPlain = url !== null && url.hostname !== '' && url.username === '' && url.password === ''
  return isPlain ? text : null
}

/**
 * Whether two addresses have the same scheme, host and port: only then may one speak for the other. Spelling of the
 * host (case, punycode, a default port) does not matter; http is never https.
 */
export function isSameOrigin(one: string, other: string): boolean {
  const origin = URL.parse(one)?.origin
  return origin !== undefined && origin !== 'null' && origin === URL.parse(other)?.origin
}

/** A date, or null when it is missing, malformed or outside years 0 to 9999. Without a zone it is UTC. */
export function dateOf(value: unknown): Date | null {
  if (typeof value !== 'string' || value.length > 40) return null
  const hasZone = /(?:z|[+-]\d\d:?\d\d)$/i.test(value)
  const date = new Date(hasZone || !value.includes('T') ? value : `${value}Z`)
  const year = date.getUTCFullYear()
  return Number.isNaN(year) || year < 0 || year > 9999 ? null : date
}

/** A count that others told us: whole, not negative, at most 2³¹−1; null when it is none. */
export function countOf(value: unknown): number | null {
  if (typeof value !== 'number' || !Number.isFinite(value)) return null
  return Math.min(Math.max(Math.trunc(value), 0), 2_147_483_647)
}

/** The text of a member with a language map beside it: the plain one, else the first of the map. */
export function naturalText(document: Document, name: string): string | null {
  const plain = document[name]
  if (typeof plain === 'string') return plain
  const map = document[`${name}Map`]
  if (!isDocument(map)) return null
  return Object.values(map).find((text) => typeof text === 'string') ?? null
}

/** The language a member's map says its text is in. */
export function languageOf(document: Document, name: string): string | null {
  const map = document[`${name}Map`]
  if (!isDocument(map)) return null
  const [language] = Object.keys(map)
  return language !== undefined && /^[a-z]{2,3}([-_][a-z0-9]{2,8})*$/i.test(language) ? language : null
}

/** Links of a `url` member: strings and Link objects, http(s) only. */
export function linksOf(value: unknown): { href: string; mediaType: string | null }[] {
  return listOf(value, 50).flatMap((item) => {
    const href = httpUri(isDocument(item) ? item.href : item)
    return href === null ? [] : [{ href, mediaType: isDocument(item) ? stringOf(item.mediaType) : null }]
  })
}

/** The page for people among the links of a `url` member: the HTML one, else the first. */
export function pageUrl(value: unknown): string | null {
  const links = linksOf(value)
  const page = links.find((link) => link.mediaType?.startsWith('text/html')) ?? links[0]
  return page?.href ?? null
}
