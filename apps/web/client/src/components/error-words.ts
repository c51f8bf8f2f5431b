import { ApiError } from '../api/errors.ts'
import type { Say } from '../i18n/text.tsx'
import { isSignedIn } from '../state/session.ts'

/** What a visitor is answered where only the signed-in may look. */
const VISITOR_REFUSALS: ReadonlySet<number> = new Set([401, 403, 422])

/** Tells in words what went wrong. What the server says is worth more than a guess, but only where it knows better. */
export function errorWords(say: Say, error: unknown): string {
  if (!(error instanceof ApiError)) return say('error.unexpected')
  if (error.status === 0) return say(navigator.onLine ? 'error.unreachable' : 'error.offline')
  if (error.status === 429) return tooMany(say, error.retryAfterSeconds)
  if (!isSignedIn && VISITOR_REFUSALS.has(error.status)) return say('visitor.needed')
  if (error.status === 401) return say('error.signed_out')
  if (error.status === 404 || error.status === 410) return say('error.not_found')
  if (error.status >= 500) return say('error.server')
  return error.message || say('error.unexpected')
}

function tooMany(say: Say, seconds: number | null): string {
  if (seconds === null) return say('error.too_many')
  return say('error.too_many_until', { minutes: Math.ceil(seconds / 60) })
}
