import { BadRequestError } from '@anancus/core/kernel/errors'

/**
 * Parameters as Rack reads them: `a[b]=1` is a hash, `a[]=1` a list, `a[][b]=1` a list of hashes. Hashes have no
 * prototype, so that no name from outside means anything to JavaScript.
 *
 * @see https://guides.rubyonrails.org/action_controller_overview.html#hash-and-array-parameters
 */
export interface ParamHash {
  [name: string]: ParamValue
}
export type ParamValue = string | number | boolean | null | undefined | ParamHash | ParamValue[]

/** Rack's own limits. */
const MAX_DEPTH = 32
const MAX_COUNT = 4096
const IGNORED_NAMES = new Set(['__proto__', 'constructor', 'prototype'])

export function emptyHash(): ParamHash {
  return Object.create(null) as ParamHash
}

export function isHash(value: unknown): value is ParamHash {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Collects names and values of a query, a form or a multipart body into `root`. */
export class ParamCollector {
  readonly root: ParamHash = emptyHash()
  #count = 0

  /** @throws BadRequestError too many, too deep, one name used as two kinds, or text that no database holds */
  add(name: string, value: string): void {
    if (++this.#count > MAX_COUNT) throw new BadRequestError('Too many parameters')
    put(this.root, checkedText(name), checkedText(value), 0)
  }
}

const NAME = /^[[\]]*([^[\]]+)\]*/
const LIST_OF_HASHES = /^\[\]\[([^[\]]+)\]$|^\[\](.+)$/

function put(hash: ParamHash, name: string, value: string, depth: number): void {
  if (depth >= MAX_DEPTH) throw new BadRequestError('Parameters are nested too deeply')
  const match = NAME.exec(name)
  const key = match?.[1]
  if (!match || key === undefined || IGNORED_NAMES.has(key)) return
  const rest = name.slice(match[0].length)
  if (rest === '') hash[key] = value
  else if (rest === '[') hash[name] = value
  else if (rest === '[]') listAt(hash, key).push(value)
  else putBelow(hash, key, rest, value, depth)
}

function putBelow(hash: ParamHash, key: string, rest: string, value: string, depth: number): void {
  const inList = LIST_OF_HASHES.exec(rest)
  if (!inList) return put(hashAt(hash, key), rest, value, depth + 1)
  const list = listAt(hash, key)
  const childName = inList[1] ?? inList[2] ?? ''
  const last = list.at(-1)
  if (isHash(last) && !has(last, childName)) return put(last, childName, value, depth + 1)
  const next = emptyHash()
  list.push(next)
  put(next, childName, value, depth + 1)
}

/** Whether a hash already holds what `name` (`b` or `b[c]`) would set. */
function has(hash: ParamHash, name: string): boolean {
  if (name.includes('[]')) return false
  let at: ParamValue = hash
  for (const part of name.split(/[[\]]+/).filter(Boolean)) {
    if (!isHash(at) || !(part in at)) return false
    at = at[part]
  }
  return true
}

function listAt(hash: ParamHash, key: string): ParamValue[] {
  const list = (hash[key] ??= [])
  if (!Array.isArray(list)) throw new BadRequestError(`expected Array for param \`${key}'`)
  return list
}

function hashAt(hash: ParamHash, key: string): ParamHash {
  const child = (hash[key] ??= emptyHash())
  if (!isHash(child)) throw new BadRequestError(`expected Hash for param \`${key}'`)
  return child
}

/** Decodes `a=b&c=d`; a malformed escape, invalid UTF-8 or a NUL is refused. */
export function parseQuery(text: string, into = new ParamCollector()): ParamCollector {
  for (const part of text.split('&')) {
    if (part === '') continue
    const equals = part.indexOf('=')
    const name = decode(equals < 0 ? part : part.slice(0, equals))
    into.add(name, equals < 0 ? '' : decode(part.slice(equals + 1)))
  }
  return into
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch (error) {
    throw new BadRequestError('Invalid encoding of a parameter', error)
  }
}

/**
 * A parsed JSON body as a tree without prototypes. What is no object becomes `_json`, as in Rails.
 *
 * @throws BadRequestError too deep, too many values, or text with a NUL
 */
export function treeOfJson(json: unknown): ParamHash {
  let count = 0
  const copy = (value: unknown, depth: number): ParamValue => {
    if (++count > MAX_COUNT * 4) throw new BadRequestError('Too many parameters')
    if (depth > MAX_DEPTH) throw new BadRequestError('Parameters are nested too deeply')
    if (typeof value === 'string') return checkedText(value.toWellFormed())
    if (Array.isArray(value)) return value.map((item) => copy(item, depth + 1))
    if (typeof value !== 'object' || value === null) return value as ParamValue
    const hash = emptyHash()
    for (const [name, child] of Object.entries(value)) {
      if (!IGNORED_NAMES.has(name)) hash[checkedText(name)] = copy(child, depth + 1)
    }
    return hash
  }
  const tree = copy(json, 0)
  return isHash(tree) ? tree : Object.assign(emptyHash(), { _json: tree })
}

function checkedText(text: string): string {
  if (text.includes('\0')) throw new BadRequestError('string contains null byte')
  return text
}
