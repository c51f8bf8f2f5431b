import type { IncomingMessage } from 'node:http'
import { authenticateToken } from '@anancus/core/domain/oauth'
import type { Ctx } from '@anancus/core/kernel/context'
import type { TokenFacts, Viewer } from '@anancus/core/kernel/viewer'

/** Who is behind a connection. */
export interface Identity {
  viewer: Viewer
  token: TokenFacts
  secret: string
}

/** What a client is told, with the status of an HTTP answer. */
export class StreamError extends Error {
  override readonly name = 'StreamError'
  readonly status: number

  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}

/**
 * Finds out who connects: by the `Authorization` header, else by `access_token`, else by the name of a subprotocol,
 * which is all that browsers can send. Only users may stream, and only while nobody disabled or suspended them.
 *
 * @throws StreamError 401
 * @see https://docs.joinmastodon.org/methods/streaming/#websocket
 */
export async function identify(
  ctx: Ctx,
  request: IncomingMessage,
  query: URLSearchParams,
): Promise<Identity> {
  const secret = secretOf(request, query)
  if (!secret) throw new StreamError(401, 'Missing access token')
  const identity = await findIdentity(ctx, secret)
  if (!identity) throw new StreamError(401, 'Invalid access token')
  return identity
}

/** Who may stream with a token; null when nobody may. */
export async function findIdentity(ctx: Ctx, secret: string): Promise<Identity | null> {
  const found = await authenticateToken(ctx, secret)
  if (!found?.viewer || found.state !== 'active') return null
  const { user, account } = found.viewer
  if (user.disabled || account.suspended_at !== null) return null
  return { viewer: found.viewer, token: found.token, secret }
}

function secretOf(request: IncomingMessage, query: URLSearchParams): string | undefined {
  const bearer = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1]
  const protocol = request.headers['sec-websocket-protocol']?.split(',')[0]?.trim()
  return bearer ?? query.get('access_token') ?? protocol
}
