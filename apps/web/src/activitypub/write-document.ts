import type { Served } from '@anancus/core/domain/federation'
import { StatusGoneError } from '@anancus/core/domain/federation'
import type { Request, Response } from 'express'
import { answerTo } from '../http/errors.ts'

const TYPE = 'application/activity+json; charset=utf-8'
const PRIVATE = 'private, no-store'
const GONE_SECONDS = 180

/** Headers that make an answer somebody's own, if `Vary` names them. */
const PERSONAL = ['cookie', 'authorization', 'signature']

/**
 * Writes a document. Shared caches may keep what anybody may see, unless the request says who asks by a header that the
 * answer depends on.
 *
 * @param vary what the answer depends on besides the address
 */
export function writeDocument(req: Request, res: Response, answer: Served, vary: readonly string[]): void {
  setVary(res, vary)
  const isPersonal = vary.some(
    (name) => PERSONAL.includes(name.toLowerCase()) && req.headers[name.toLowerCase()] !== undefined,
  )
  const isShared = answer.isPublic && !isPersonal
  res.setHeader('Cache-Control', isShared ? `max-age=${answer.maxAgeSeconds}, public` : PRIVATE)
  send(res, 200, answer.document)
}

/**
 * Writes an error as these doors tell it: JSON, and for what was deleted the Tombstone in its place.
 *
 * @param more further members of the JSON
 */
export function writeDocumentError(res: Response, error: unknown, more: Record<string, string> = {}): void {
  if (res.headersSent) {
    res.destroy()
    return
  }
  const answer = answerTo(error)
  for (const [name, value] of Object.entries(answer.headers)) res.setHeader(name, value)
  if (answer.status === 401) res.setHeader('Accept-Signature', acceptedSignature(res.req.method))
  res.setHeader('Cache-Control', answer.status === 410 ? `max-age=${GONE_SECONDS}, public` : PRIVATE)
  send(res, answer.status, error instanceof StatusGoneError ? error.tombstone : { ...answer.body, ...more })
}

/** How a request may be signed so that we believe it (RFC 9421, section 5); the older signatures are taken as well. */
function acceptedSignature(method: string): string {
  const digest = method === 'POST' ? ' "content-digest"' : ''
  return `sig1=("@method" "@target-uri"${digest});created;keyid`
}

function setVary(res: Response, vary: readonly string[]): void {
  if (vary.length > 0) res.setHeader('Vary', vary.join(', '))
  else res.removeHeader('Vary')
}

function send(res: Response, status: number, document: unknown): void {
  const bytes = Buffer.from(JSON.stringify(document))
  res.statusCode = status
  res.setHeader('Content-Type', status === 200 || status === 410 ? TYPE : 'application/json; charset=utf-8')
  res.setHeader('Content-Length', String(bytes.length))
  res.end(bytes)
}
