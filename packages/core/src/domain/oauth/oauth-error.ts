import { RequestError } from '../../kernel/errors.ts'

const TEXTS = {
  access_denied: 'The resource owner or authorization server denied the request.',
  invalid_client:
    'Client authentication failed due to unknown client, no client authentication included, or unsupported authentication method.',
  invalid_code_challenge_method: 'The code_challenge_method must be S256.',
  invalid_grant:
    'The provided authorization grant is invalid, expired, revoked, does not match the redirection URI used in the authorization request, or was issued to another client.',
  invalid_redirect_uri: 'The redirect uri included is not valid.',
  invalid_request:
    'The request is missing a required parameter, includes an unsupported parameter value, or is otherwise malformed.',
  invalid_scope: 'The requested scope is invalid, unknown, or malformed.',
  invalid_token: 'The access token is invalid',
  unauthorized_client: 'The client is not authorized to perform this request using this method.',
  unsupported_grant_type: 'The authorization grant type is not supported by the authorization server.',
  unsupported_response_type: 'The authorization server does not support this response type.',
} as const

export type OauthErrorCode = keyof typeof TEXTS

const STATUS: Partial<Record<OauthErrorCode, number>> = {
  invalid_client: 401,
  invalid_token: 401,
  unauthorized_client: 403,
  access_denied: 403,
}

/**
 * A refusal of the OAuth endpoints: `error` is its code, `error_description` its message. Texts and statuses are those
 * clients of Mastodon know.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6749#section-5.2
 */
export class OauthError extends RequestError {
  constructor(code: OauthErrorCode, message: string = TEXTS[code]) {
    super(STATUS[code] ?? 400, code, message)
  }

  static missing(name: string): OauthError {
    return new OauthError('invalid_request', `Missing required parameter: ${name}.`)
  }
}
