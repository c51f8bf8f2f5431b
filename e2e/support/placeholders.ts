/** Keys whose values differ from run to run and are said again later. */
const NAMED = /^(id|.*_ids?|group_key|notification_groups_keys?)$/
const SECRET = /^(access_token|client_id|client_secret|vapid_key|server_key|code)$/
const TIME = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g
const DATE = /^\d{4}-\d\d-\d\d$/
/** Of a file, and the short address of an attachment. */
const FILE = /\/system\/[^\s"<>?]+|(?<!\/v\d)\/media\/[\w-]{10,}/g
/** The end of an id that is cut where links are shown short. */
const TAIL = /(?<=<span class="invisible">)\d{6,}(?=<\/span>)/g
/** A value that stands alone: no part of a longer word, but for an escape in an address. */
const BEFORE = '(?:(?<![A-Za-z0-9])|(?<=%[0-9A-F]{2}))'
const AFTER = '(?![A-Za-z0-9])'
const PLACEHOLDER = /\{\{(\w+)\}\}/g

/** Whatever stands for something that is never said again, and what it looks like. */
const PATTERNS: Readonly<Record<string, string>> = {
  time: TIME.source,
  date: DATE.source.slice(1, -1),
  seconds: '\\d{10}',
  file: '/(?:system|media)/[^\\s"<>?]+',
  tail: '\\d+',
  any: '.*',
}

/** Turns what was seen into what can be compared with another run. */
export class PlaceholderWriter {
  readonly #names = new Map<string, string>()
  #known: RegExp | undefined

  /** @param addresses placeholder → the value it stands for */
  constructor(addresses: Readonly<Record<string, string>>) {
    for (const [name, value] of Object.entries(addresses)) this.#name(value, name)
  }

  /** Learns the ids and secrets of an answer. */
  learn(value: unknown, key = ''): void {
    if (Array.isArray(value)) for (const item of value) this.learn(item, key)
    else if (typeof value === 'object' && value !== null)
      for (const [name, child] of Object.entries(value)) this.learn(child, name)
    else if (typeof value === 'string' && value !== '') {
      if (SECRET.test(key)) this.#name(value, `secret${this.#names.size}`)
      else if (NAMED.test(key) && /\d{4}/.test(value)) this.#name(value, `id${this.#names.size}`)
    }
  }

  text(value: string): string {
    this.#known ??= new RegExp(
      [...this.#names.keys()]
        .toSorted((a, b) => b.length - a.length)
        .map((known) => `${BEFORE}${escaped(known)}${AFTER}`)
        .join('|'),
      'g',
    )
    return value
      .replace(TIME, '{{time}}')
      .replace(DATE, '{{date}}')
      .replace(FILE, '{{file}}')
      .replace(TAIL, '{{tail}}')
      .replace(this.#known, (found) => `{{${this.#names.get(found)}}}`)
  }

  value(value: unknown, key = ''): unknown {
    if (Array.isArray(value)) return value.map((item) => this.value(item, key))
    if (typeof value === 'object' && value !== null)
      return Object.fromEntries(Object.entries(value).map(([name, child]) => [name, this.value(child, name)]))
    if (key === 'base64') return value
    if (key === 'version') return '{{any}}'
    if (key === 'day') return '{{seconds}}'
    if (typeof value === 'number' && (key === 'created_at' || NAMED.test(key))) return '{{any}}'
    return typeof value === 'string' ? this.text(value) : value
  }

  #name(value: string, name: string): void {
    if (this.#names.has(value)) return
    this.#names.set(value, name)
    this.#known = undefined
  }
}

/** What the placeholders stand for in this run. */
export type Bindings = Map<string, string>

/** Puts the values of this run in the places. @throws Error one that is not known yet */
export function fillIn(template: string, bindings: Bindings): string {
  return template.replace(PLACEHOLDER, (_all, name: string) => {
    const value = bindings.get(name)
    if (value === undefined) throw new Error(`Nothing is known yet of {{${name}}} in ${template}`)
    return value
  })
}

/**
 * Compares an answer with the recorded one and learns from it what unknown placeholders stand for. What is there besides
 * the recorded is let be: a server may learn new fields.
 *
 * @returns the first difference, or null
 */
export function differenceTo(
  recorded: unknown,
  actual: unknown,
  bindings: Bindings,
  path = '$',
): string | null {
  if (typeof recorded === 'string') return textDifference(recorded, actual, bindings, path)
  if (typeof recorded !== 'object' || recorded === null || typeof actual !== 'object' || actual === null)
    return Object.is(recorded, actual) ? null : `${path}: ${show(actual)} instead of ${show(recorded)}`
  if (Array.isArray(recorded) !== Array.isArray(actual)) return `${path}: a list, or none`
  if (Array.isArray(recorded) && recorded.length !== (actual as unknown[]).length)
    return `${path}: ${(actual as unknown[]).length} instead of ${recorded.length}`
  for (const [key, child] of Object.entries(recorded)) {
    if (!Object.hasOwn(actual, key)) return `${path}.${key} is missing`
    const difference = differenceTo(
      child,
      (actual as Record<string, unknown>)[key],
      bindings,
      `${path}.${key}`,
    )
    if (difference) return difference
  }
  return null
}

function textDifference(template: string, actual: unknown, bindings: Bindings, path: string): string | null {
  const isNumber = typeof actual === 'number' && template.startsWith('{{')
  const different = `${path}: ${show(actual)} instead of ${show(template)}`
  if (typeof actual !== 'string' && !isNumber) return different
  const unknown: string[] = []
  const parts = template.split(PLACEHOLDER).map((part, index) => {
    if (index % 2 === 0) return escaped(part)
    const value = bindings.get(part)
    if (value !== undefined) return escaped(value)
    if (PATTERNS[part]) return PATTERNS[part]
    const first = unknown.indexOf(part)
    if (first >= 0) return `\\${first + 1}`
    unknown.push(part)
    return '([^\\s"<>/&?]+)'
  })
  const match = new RegExp(`^${parts.join('')}$`, 's').exec(String(actual))
  if (!match) return different
  for (const [index, name] of unknown.entries()) bindings.set(name, match[index + 1] ?? '')
  return null
}

const show = (value: unknown) => JSON.stringify(value)?.slice(0, 300)

/** Text as a regular expression that matches it. */
function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')
}
