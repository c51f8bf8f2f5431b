import type { Document } from '../vocabulary.ts'

/** Deeper documents are nobody's honest activity, and a trap for whatever walks them. */
const MAX_DEPTH = 40
const OPEN = new Set(['{', '['])
const CLOSE = new Set(['}', ']'])
/** PostgreSQL holds no NUL, and its JSON no half of a surrogate pair; nobody means to send either. */
const UNSTORABLE = /\\u(?:0000|d[89a-f])/i

/**
 * Reads a JSON object from outside, or null when it is none: malformed, another type, nested too deeply, not UTF-8.
 * The depth is counted before parsing, in one pass over the text.
 */
export function parseDocument(body: Buffer | string): Document | null {
  const text = typeof body === 'string' ? body : decoded(body)
  if (text === null || isTooDeep(text)) return null
  let value: unknown
  try {
    value = UNSTORABLE.test(text) ? JSON.parse(text, storable) : JSON.parse(text)
  } catch {
    return null // not JSON: the answer to the question asked
  }
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Document) : null
}

function storable(_key: string, value: unknown): unknown {
  return typeof value === 'string' ? value.replaceAll('\0', '').toWellFormed() : value
}

function decoded(body: Buffer): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body)
  } catch {
    return null
  }
}

function isTooDeep(text: string): boolean {
  let depth = 0
  let inString = false
  for (let at = 0; at < text.length; at++) {
    const character = text[at] as string
    if (character === '\\') at++
    else if (character === '"') inString = !inString
    else if (inString) continue
    else if (OPEN.has(character) && ++depth > MAX_DEPTH) return true
    else if (CLOSE.has(character)) depth--
  }
  return false
}
