import type { OauthApplicationRow } from '@anancus/db'
import { applicationByUid, liveTokensOf } from '@anancus/db/queries/oauth'
import type { Ctx } from '../../kernel/context.ts'
import type { Viewer } from '../../kernel/viewer.ts'
import { OauthError } from './oauth-error.ts'
import { isRegistered } from './redirect-uri.ts'
import { DEFAULT_SCOPE, isScope, splitScopes } from './scopes.ts'

/** What an application asks of a user, as it came. */
export interface AuthorizationParams {
  client_id?: string | undefined
  redirect_uri?: string | undefined
  response_type?: string | undefined
  response_mode?: string | undefined
  scope?: string | undefined
  state?: string | undefined
  code_challenge?: string | undefined
  code_challenge_method?: string | undefined
}

/** A request that may be put before a user. */
export interface AuthorizationRequest {
  app: OauthApplicationRow
  redirectUri: string
  scopes: string[]
  state: string | undefined
  codeChallenge: string | null
  responseMode: ResponseMode
}

/** How the answer travels: in the query, after the hash, or in a form the browser posts. */
export type ResponseMode = (typeof RESPONSE_MODES)[number]
export const RESPONSE_MODES = ['query', 'fragment', 'form_post'] as const

const CHALLENGE = /^[A-Za-z0-9_-]{43,128}$/

/**
 * Checks what an application asks for, in the order Doorkeeper does.
 *
 * @throws OauthError never to be sent to the address in question: the user is told
 * @see https://www.rfc-editor.org/rfc/rfc6749#section-4.1.1
 */
export async function requestAuthorization(
  ctx: Ctx,
  params: AuthorizationParams,
): Promise<AuthorizationRequest> {
  if (!params.client_id) throw OauthError.missing('client_id')
  const app = await applicationByUid(ctx.db, params.client_id)
  if (!app) throw new OauthError('invalid_client')
  const redirectUri = params.redirect_uri
  if (!redirectUri || !isRegistered(app, redirectUri)) throw new OauthError('invalid_redirect_uri')
  if (!params.response_type) throw OauthError.missing('response_type')
  if (params.response_type !== 'code') throw new OauthError('unsupported_response_type')
  const responseMode = RESPONSE_MODES.find((mode) => mode === (params.response_mode || 'query'))
  if (!responseMode)
    throw new OauthError('invalid_request', 'The authorization server does not support this response mode.')
  return {
    app,
    redirectUri,
    scopes: scopesFor(app, params.scope),
    state: params.state,
    codeChallenge: challengeOf(params),
    responseMode,
  }
}

/**
 * The scopes a request may have: just those the application registered; a child of one is not among them. None asked
 * for is the default.
 *
 * @throws OauthError invalid_scope
 */
export function scopesFor(app: Pick<OauthApplicationRow, 'scopes'>, asked: string | undefined): string[] {
  const scopes = asked?.trim() ? splitScopes(asked) : [DEFAULT_SCOPE]
  const registered = splitScopes(app.scopes)
  if (!scopes.every((scope) => isScope(scope) && registered.includes(scope)))
    throw new OauthError('invalid_scope')
  return scopes
}

function challengeOf(params: AuthorizationParams): string | null {
  if (!params.code_challenge) return null
  if (params.code_challenge_method !== 'S256') throw new OauthError('invalid_code_challenge_method')
  if (!CHALLENGE.test(params.code_challenge)) throw new OauthError('invalid_request')
  return params.code_challenge
}

/** Whether the user let the application do just this before, so that nobody need be asked again. */
export async function wasAuthorizedBefore(
  ctx: Ctx,
  viewer: Viewer,
  request: AuthorizationRequest,
): Promise<boolean> {
  const tokens = await liveTokensOf(ctx.db, request.app.id, viewer.user.id)
  return tokens.some((token) => isSameSet(splitScopes(token.scopes), request.scopes))
}

export function isSameSet(a: readonly string[], b: readonly string[]): boolean {
  const set = new Set(a)
  return set.size === new Set(b).size && b.every((item) => set.has(item))
}
