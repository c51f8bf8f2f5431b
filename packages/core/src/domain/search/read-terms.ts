import {
  SEARCHABLE_PROPERTIES,
  type SearchableProperty,
  type StatusSearch,
} from '@anancus/db/queries/status-search'
import type { Term } from './parse-query.ts'

const DAY_MS = 86_400_000

export interface ReadTerms
  extends Omit<
    StatusSearch,
    'accountIds' | 'notAccountIds' | 'minId' | 'maxId' | 'limit' | 'offset' | 'timeZone' | 'wordLanguages'
  > {
  /** What `from:` named. */
  handles: string[]
  notHandles: string[]
}

/**
 * Reads the terms of a search.
 *
 * @returns null when a term can be true of no post: a property, a place or a day that there is not
 */
export function readTerms(terms: readonly Term[]): ReadTerms | null {
  const of = (isNegated: boolean, ...kinds: Term['kind'][]) =>
    terms
      .filter((term) => kinds.includes(term.kind) && term.isNegated === isNegated)
      .map((term) => term.value)
  const properties = of(false, 'has', 'is').map(lower)
  const notProperties = of(true, 'has', 'is').map(lower)
  const scope = lower(of(false, 'in').at(-1) ?? 'all')
  const days = readDays(terms)
  if (!days || !properties.every(isProperty) || !isScope(scope)) return null
  const languages = of(false, 'language').map(lower)
  return {
    words: terms
      .filter(({ kind }) => kind === 'word')
      .map(({ value, isNegated, isExact }) => ({ text: value, isNegated, isExact })),
    scope,
    properties: properties.filter(isProperty),
    notProperties: notProperties.filter(isProperty),
    languages: languages.length > 0 ? languages : null,
    notLanguages: of(true, 'language').map(lower),
    handles: of(false, 'from'),
    notHandles: of(true, 'from'),
    ...days,
  }
}

/** `after` begins with the next day, as a day does not come after itself. */
function readDays(terms: readonly Term[]): { since: string | null; until: string | null } | null {
  const since: string[] = []
  const until: string[] = []
  for (const { kind, value, isNegated } of terms) {
    if (kind !== 'before' && kind !== 'after' && kind !== 'during') continue
    const next = dayAfter(value)
    if (next === null || (kind === 'during' && isNegated)) return null
    const bound = kind === 'after' ? next : value
    if (kind === 'during') {
      since.push(value)
      until.push(next)
    } else if ((kind === 'after') !== isNegated) since.push(bound)
    else until.push(bound)
  }
  return { since: since.sort().at(-1) ?? null, until: until.sort()[0] ?? null }
}

function dayAfter(day: string): string | null {
  const at = /^\d{4}-\d\d-\d\d$/.test(day) ? Date.parse(`${day}T00:00:00Z`) : Number.NaN
  if (Number.isNaN(at) || new Date(at).toISOString().slice(0, 10) !== day) return null
  return new Date(at + DAY_MS).toISOString().slice(0, 10)
}

const lower = (text: string) => text.toLowerCase()

function isProperty(name: string): name is SearchableProperty {
  return SEARCHABLE_PROPERTIES.some((known) => known === name)
}

function isScope(name: string): name is StatusSearch['scope'] {
  return name === 'all' || name === 'public' || name === 'library'
}
