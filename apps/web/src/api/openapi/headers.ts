import type { Route } from '../../http/route.ts'
import type { Schema } from './schema.ts'

const text = (description: string, more: Schema = {}): Schema => ({
  description,
  schema: { type: 'string', ...more },
})

/** Headers that answers carry, by the name operations refer to them by. */
export const HEADERS: Record<string, Schema> = {
  'X-RateLimit-Limit': text('How many requests the limit that is nearest allows.', { pattern: '^[0-9]+$' }),
  'X-RateLimit-Remaining': text('How many of them are left.', { pattern: '^[0-9]+$' }),
  'X-RateLimit-Reset': text('When they are counted anew: ISO 8601 with microseconds.', {
    format: 'date-time',
  }),
  Link: text('Addresses of the next (older) and previous (newer) page: `rel="next"`, `rel="prev"`.'),
  'Mastodon-Async-Refresh': text(
    'A job is filling the answer: `id="…", retry=SECONDS[, result_count=N]`. Ask `/api/v1_alpha/async_refreshes/{id}`.',
  ),
  Deprecation: text('Since when the endpoint should not be used: `@` and unix seconds.', {
    pattern: '^@[0-9]+$',
  }),
  'WWW-Authenticate': text('What is wrong with the token, by RFC 6750.'),
  ETag: text('Changes when the document does.'),
}

/** Answers that may come while a job goes on filling them. */
const REFRESHED = new Set([
  'get /api/v1/timelines/home',
  'get /api/v1/statuses/:id/context',
  'get /api/v1/annual_reports/:year/state',
  'post /api/v1/annual_reports/:year/generate',
])

/** Endpoints that Mastodon says not to use any more. */
const DEPRECATED =
  /^get \/api\/v1\/(instance|suggestions|trends|accounts\/:id\/identity_proofs)$|\/api\/v1\/filters(\/|$)|\/api\/v1_alpha\/(collections(\/|$)|accounts\/:id\/collections$)/

export function isDeprecated(route: Route): boolean {
  return DEPRECATED.test(`${route.method} ${route.path}`)
}

/** Which of the headers a good answer of a route carries, or may. */
export function headersOf(route: Route, parameterNames: readonly string[]): Record<string, Schema> {
  const isApi = route.path.startsWith('/api/')
  const names = [
    ...(isApi ? ['X-RateLimit-Limit', 'X-RateLimit-Remaining', 'X-RateLimit-Reset'] : []),
    ...(parameterNames.includes('max_id') ? ['Link'] : []),
    ...(REFRESHED.has(`${route.method} ${route.path}`) ? ['Mastodon-Async-Refresh'] : []),
    ...(isDeprecated(route) ? ['Deprecation'] : []),
  ]
  return Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }]))
}
