import type { Route } from '../../http/route.ts'
import { refTo, type Schema } from './schema.ts'

/** What each status of refusal means, for whoever reads the description. */
const MEANINGS: Record<number, string> = {
  400: 'A parameter is missing, or the request could not be read.',
  401: 'The token is missing, unknown, revoked or expired.',
  403: 'The token, the user or the role may not do this.',
  404: 'It is not there, or not for the asker to see.',
  410: 'It is gone for good.',
  413: 'The body or a file is too large.',
  422: 'What was sent is understood, but cannot be.',
  429: 'Too many requests.',
  503: 'This server or another one cannot answer just now.',
}

/** The body of every refusal. */
export const ERROR_SCHEMAS: Record<string, Schema> = {
  Error: {
    type: 'object',
    description: 'Why a request was refused.',
    properties: {
      error: { type: 'string', description: 'For people; of OAuth endpoints, a code.' },
      error_description: { type: 'string', description: 'OAuth endpoints only: for people.' },
      details: {
        type: 'object',
        description: 'What is wrong with which field.',
        additionalProperties: { type: 'array', items: refTo('ErrorDetail') },
      },
    },
    required: ['error'],
    additionalProperties: false,
  },
  CollectionError: {
    type: 'object',
    description: 'Why a collection was refused: wrapped once more than elsewhere, as Mastodon does.',
    properties: { error: refTo('Error') },
    required: ['error'],
    additionalProperties: false,
  },
  UnexpectedAccounts: {
    type: 'object',
    description: 'Whom a status would have reached beyond those the client meant.',
    properties: {
      error: { type: 'string' },
      unexpected_accounts: { type: 'array', items: refTo('Account') },
    },
    required: ['error', 'unexpected_accounts'],
    additionalProperties: false,
  },
  ErrorDetail: {
    type: 'object',
    properties: {
      error: { type: 'string', description: '`ERR_BLANK`, `ERR_TAKEN`, …' },
      description: { type: 'string' },
    },
    required: ['error', 'description'],
    additionalProperties: false,
  },
}

/** Refusals any request may meet. */
const ALWAYS = [400, 404, 422, 429, 503]

/** The statuses with which a route may refuse. */
export function errorStatuses(route: Route): number[] {
  const { auth, method } = route
  const isWrite = method !== 'get'
  const statuses = new Set(ALWAYS)
  if (auth.kind !== 'none') for (const status of [401, 403]) statuses.add(status)
  // In a closed network nobody unknown is let in, wherever no exception is made.
  if (route.isExemptFromLockdown !== true) statuses.add(401)
  if (isWrite) for (const status of [403, 413]) statuses.add(status)
  return [...statuses].sort((a, b) => a - b)
}

/** The descriptions of refusals that operations refer to. */
export function errorResponses(): Record<string, Schema> {
  return Object.fromEntries(
    Object.entries(MEANINGS).map(([status, description]) => [
      `Error${status}`,
      { description, content: { 'application/json': { schema: refTo('Error') } } },
    ]),
  )
}

export function meaningOf(status: number): string {
  return MEANINGS[status] ?? 'Refused.'
}
