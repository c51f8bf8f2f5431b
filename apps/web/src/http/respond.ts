import type { Ctx } from '@anancus/core/kernel/context'
import type { Request, Response } from 'express'
import { answerTo } from './errors.ts'
import type { Reply } from './reply.ts'
import type { Caching } from './route.ts'

const PRIVATE = 'private, no-store'
const SHARED_TAIL = 'public, stale-while-revalidate=30, stale-if-error=86400'
const EXPOSED = [
  'Link',
  'Mastodon-Async-Refresh',
  'X-RateLimit-Reset',
  'X-RateLimit-Limit',
  'X-RateLimit-Remaining',
  'X-Request-Id',
].join(', ')

/** Headers every answer of the API carries. */
export function setApiHeaders(req: Request, res: Response): void {
  res.setHeader('Content-Security-Policy', "default-src 'none'; frame-ancestors 'none'; form-action 'none'")
  res.setHeader('Cache-Control', PRIVATE)
  res.setHeader('Vary', 'Authorization, Origin')
  setCors(req, res)
}

/** Any origin may read, none with credentials. */
export function setCors(req: Request, res: Response): void {
  if (req.headers.origin === undefined) return
  res.setHeader('Access-Control-Allow-Origin', '*')
  res.setHeader('Access-Control-Expose-Headers', EXPOSED)
}

/** A page among the routes of the API is for people, not for the scripts of other sites. */
export function clearCors(res: Response): void {
  res.removeHeader('Access-Control-Allow-Origin')
  res.removeHeader('Access-Control-Expose-Headers')
}

/** Answers a preflight for `methods`. */
export function answerPreflight(req: Request, res: Response, methods: readonly string[]): void {
  setCors(req, res)
  res.setHeader('Access-Control-Allow-Methods', methods.join(', '))
  const wanted = req.headers['access-control-request-headers']
  if (wanted !== undefined) res.setHeader('Access-Control-Allow-Headers', wanted)
  res.setHeader('Access-Control-Max-Age', '7200')
  res.statusCode = 200
  res.setHeader('Content-Length', '0')
  res.end()
}

/**
 * Says how long shared caches may keep the answer. An answer to somebody is never shared, and neither is one to a
 * request with a header that `Vary` names.
 */
export function setCaching(req: Request, res: Response, caching: Caching, isPersonal: boolean): void {
  if (caching === 'everyone') {
    res.setHeader('Vary', 'Origin')
    res.setHeader('Cache-Control', `max-age=300, ${SHARED_TAIL}`)
  } else if (caching === 'anonymous' && !isPersonal && req.headers.authorization === undefined) {
    res.setHeader('Cache-Control', `max-age=15, ${SHARED_TAIL}`)
  }
}

/** The headers of an answer that is the same for everyone, for a handler that decides it. */
export function sharedByEveryone({ config }: Pick<Ctx, 'config'>): Record<string, string> {
  return config.env.LIMITED_FEDERATION_MODE
    ? {}
    : { Vary: 'Origin', 'Cache-Control': `max-age=300, ${SHARED_TAIL}` }
}

/** Writes what a handler answered, at once and with its length. */
export function writeReply(res: Response, reply: Reply): void {
  if (reply.kind === 'written') return
  for (const [name, value] of Object.entries(reply.headers ?? {})) res.setHeader(name, value)
  res.statusCode = reply.status
  if (reply.kind === 'empty') {
    if (reply.status !== 204) res.setHeader('Content-Length', '0')
    res.end()
    return
  }
  writeJson(res, reply.body)
}

export function writeJson(res: Response, body: unknown): void {
  const bytes = Buffer.from(JSON.stringify(body))
  res.setHeader('Content-Type', 'application/json; charset=utf-8')
  res.setHeader('Content-Length', String(bytes.length))
  res.end(bytes)
}

/** Writes an error as JSON. What was promised for the good answer (caching) is taken back. */
export function writeError(res: Response, error: unknown): void {
  const answer = answerTo(error)
  if (res.headersSent) {
    // Half an answer must not look like a whole one.
    if (!res.writableEnded) res.destroy()
    return
  }
  res.setHeader('Cache-Control', PRIVATE)
  res.removeHeader('Link')
  for (const [name, value] of Object.entries(answer.headers)) res.setHeader(name, value)
  res.statusCode = answer.status
  writeJson(res, answer.body)
}
