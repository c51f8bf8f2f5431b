/** Who a user is, in OpenID's words. */
export interface UserInfo {
  iss: string
  /** The actor's address. */
  sub: string
  name: string
  preferred_username: string
  profile: string
  picture: string
}

/** @see https://www.rfc-editor.org/rfc/rfc8414 */
export interface OauthServerMetadata {
  issuer: string
  authorization_endpoint: string
  token_endpoint: string
  revocation_endpoint: string
  userinfo_endpoint: string
  /** Not of the standard: where applications register. */
  app_registration_endpoint: string
  service_documentation: string
  scopes_supported: string[]
  response_types_supported: string[]
  response_modes_supported: string[]
  grant_types_supported: string[]
  token_endpoint_auth_methods_supported: string[]
  code_challenge_methods_supported: string[]
}

/** What a token is, told to its bearer. */
export interface TokenInfo {
  resource_owner_id: string | null
  scope: string[]
  expires_in: number | null
  application: { uid: string }
  created_at: number
}

/** @see https://www.rfc-editor.org/rfc/rfc7662 */
export interface TokenIntrospection {
  active: boolean
  scope?: string
  client_id?: string | null
  token_type?: string
  exp?: number | null
  iat?: number
}
