import { appendFileSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Route } from '../../src/http/route.ts'
import type { SeenAnswer } from './answers.ts'

/** Where a run of the tests is to leave the answers to its GET requests: `scripts/check-community-schema.ts` reads them. */
const FOLDER = process.env.RECORD_ANSWERS

const known = new Set<string>()

/** Writes down a good answer to a GET of the API, once for every shape of one. Does nothing unless asked to. */
export function recordAnswer(route: Route, { method, status, text }: SeenAnswer): void {
  const isData =
    route.path.startsWith('/api/') && route.answers !== 'page' && route.path !== '/api/openapi.json'
  if (FOLDER === undefined || method !== 'GET' || status >= 300 || !isData) return
  let body: unknown
  try {
    body = JSON.parse(text)
  } catch {
    return
  }
  const key = `${route.path} ${status} ${JSON.stringify(shapeOf(body))}`
  if (known.has(key)) return
  known.add(key)
  mkdirSync(FOLDER, { recursive: true })
  appendFileSync(
    join(FOLDER, `answers-${process.pid}.jsonl`),
    `${JSON.stringify({ path: route.path, status, body })}\n`,
  )
}

/** A body with the kinds of its values in their place. */
function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return [...new Set(value.map((item) => JSON.stringify(shapeOf(item))))].sort()
  if (value === null) return null
  if (typeof value !== 'object') return typeof value
  return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, shapeOf(child)]))
}
