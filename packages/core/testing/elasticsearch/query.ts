import { beginningOf } from './dates.ts'
import type { Document } from './index-data.ts'
import type { Token } from './analyze.ts'
import { type Field, type Mapping, valueFor } from './mapping.ts'
import { illegal, list, object, oneOf, onlyEntry, parsing, string } from './refusal.ts'
import { readScoring } from './scoring.ts'

/** How well a document fits; null when it does not. The numbers order as the real ones mostly would, and mean no more. */
export type Matcher = (document: Document) => number | null

/** Reads a query as strictly as the real parser, and more: a field that is not mapped is refused as well. */
export function readQuery(given: unknown, mapping: Mapping): Matcher {
  const [kind, body] = onlyEntry(given, 'query')
  const read = READERS[kind]
  if (!read) throw parsing(`unknown query [${kind}]`)
  return read(body, mapping)
}

const READERS: Record<string, (body: unknown, mapping: Mapping) => Matcher> = {
  bool: readBool,
  match_all: (body) => {
    object(body, [], 'match_all')
    return () => 1
  },
  constant_score(body, mapping) {
    const { filter, boost = 1 } = object(body, ['filter', 'boost'], 'constant_score')
    const matches = readQuery(filter, mapping)
    return (document) => (matches(document) === null ? null : (boost as number))
  },
  function_score(body, mapping) {
    const given = object(body, ['query', 'functions', 'score_mode', 'boost_mode'], 'function_score')
    const matches = readQuery(given.query, mapping)
    const factor = readScoring(given, mapping, readQuery)
    return (document) => {
      const score = matches(document)
      return score === null ? null : score * factor(document)
    }
  },
  term(body, mapping) {
    const [name, value] = onlyEntry(body, 'term')
    return exactly(name, [value], mapping)
  },
  terms(body, mapping) {
    const [name, values] = onlyEntry(body, 'terms')
    if (list(values, 'terms').length > 65_536) throw illegal('too many terms')
    return exactly(name, values as unknown[], mapping)
  },
  prefix(body, mapping) {
    const [name, given] = onlyEntry(body, 'prefix')
    const field = fieldOf(name, mapping, ['keyword'])
    const start = field.normalize(string(object(given, ['value'], 'prefix').value, 'prefix'))
    return (document) => (document.values(name).some((value) => String(value).startsWith(start)) ? 1 : null)
  },
  range: readRange,
  match_phrase(body, mapping) {
    const [name, text] = onlyEntry(body, 'match_phrase')
    return phrase(name, string(text, 'match_phrase'), 1, mapping)
  },
  multi_match: readMultiMatch,
}

function readBool(body: unknown, mapping: Mapping): Matcher {
  const given = object(body, ['must', 'must_not', 'should', 'filter'], 'bool')
  const read = (key: string) => list(given[key] ?? [], key).map((query) => readQuery(query, mapping))
  const [must, mustNot, should, filter] = [read('must'), read('must_not'), read('should'), read('filter')]
  const needsOne = should.length > 0 && must.length + filter.length === 0
  return (document) => {
    if (mustNot.some((matches) => matches(document) !== null)) return null
    if (filter.some((matches) => matches(document) === null)) return null
    const needed = must.map((matches) => matches(document))
    if (needed.includes(null)) return null
    const liked = should.map((matches) => matches(document)).filter((score) => score !== null)
    if (needsOne && liked.length === 0) return null
    return [...needed, ...liked].reduce((sum: number, score) => sum + (score ?? 0), 0)
  }
}

export function fieldOf(name: string, mapping: Mapping, types: readonly string[]): Field {
  const field = mapping.fields.get(name)
  if (!field) throw illegal(`there is no field [${name}]: the real one would find nothing`)
  if (!types.includes(field.type)) throw illegal(`field [${name}] is of type [${field.type}]`)
  return field
}

function exactly(name: string, values: readonly unknown[], mapping: Mapping): Matcher {
  const field = fieldOf(name, mapping, ['keyword', 'long', 'integer', 'boolean'])
  const wanted = new Set(values.map((value) => valueFor(field, value, name)))
  return (document) => (document.values(name).some((value) => wanted.has(value)) ? 1 : null)
}

function readRange(body: unknown, mapping: Mapping): Matcher {
  const [name, given] = onlyEntry(body, 'range')
  const field = fieldOf(name, mapping, ['long', 'date', 'keyword'])
  const {
    time_zone: zone,
    format,
    ...bounds
  } = object(given, ['gt', 'gte', 'lt', 'lte', 'time_zone', 'format'], 'range')
  if (field.type !== 'date' && (zone || format)) throw illegal(`[range] [${name}] is no date`)
  if (format !== undefined && format !== 'yyyy-MM-dd') throw illegal(`unexpected format [${String(format)}]`)
  const value = (bound: unknown) => (format ? beginningOf(bound, zone) : valueFor(field, bound, name))
  const checks = Object.entries(bounds).map(([kind, bound]) => {
    const limit = value(bound)
    return (of: string | bigint | boolean) =>
      kind === 'gt' ? of > limit : kind === 'gte' ? of >= limit : kind === 'lt' ? of < limit : of <= limit
  })
  return (document) => (document.values(name).some((of) => checks.every((check) => check(of))) ? 1 : null)
}

function readMultiMatch(body: unknown, mapping: Mapping): Matcher {
  const given = object(body, ['query', 'type', 'fields', 'operator'], 'multi_match')
  const text = string(given.query, 'multi_match')
  const type = oneOf(given.type ?? 'best_fields', ['phrase', 'most_fields', 'best_fields'], 'type')
  if (type === 'phrase' && given.operator) throw illegal('[operator] not allowed for type [phrase]')
  if (given.operator !== undefined) oneOf(given.operator, ['and', 'or'], 'operator')
  const fields = list(given.fields, 'fields').map((entry) => {
    const [name = '', boost = '1'] = string(entry, 'fields').split('^')
    if (type === 'phrase') return phrase(name, text, Number(boost), mapping)
    return allWords(name, text, Number(boost), mapping, given.operator === 'and')
  })
  return (document) => {
    const scores = fields.map((matches) => matches(document)).filter((score) => score !== null)
    if (scores.length === 0) return null
    return type === 'most_fields' ? scores.reduce((sum, score) => sum + score, 0) : Math.max(...scores)
  }
}

function allWords(name: string, text: string, boost: number, mapping: Mapping, isAnd: boolean): Matcher {
  const wanted = fieldOf(name, mapping, ['text']).analyzeQuery(text)
  return (document) => {
    const tokens = document.tokens(name)
    const hits = wanted.filter((token) => tokens.some((own) => own.text === token.text)).length
    if (hits === 0 || (isAnd && hits < wanted.length)) return null
    return (boost * hits) / Math.sqrt(Math.max(1, tokens.length))
  }
}

function phrase(name: string, text: string, boost: number, mapping: Mapping): Matcher {
  const wanted = fieldOf(name, mapping, ['text']).analyzeQuery(text)
  const [first] = wanted
  return (document) => {
    if (!first) return null
    const tokens = document.tokens(name)
    const at = (token: Token, shift: number) =>
      tokens.some((own) => own.text === token.text && own.position === token.position + shift)
    const starts = tokens.filter((token) => token.text === first.text)
    const fits = starts.some((start) => wanted.every((token) => at(token, start.position - first.position)))
    return fits ? boost / Math.sqrt(Math.max(1, tokens.length)) : null
  }
}
