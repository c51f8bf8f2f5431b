/** @see https://docs.joinmastodon.org/entities/Application/ */
export interface Application {
  id: string
  name: string
  website: string | null
  scopes: string[]
  redirect_uris: string[]
  /** Joined by newlines; deprecated. */
  redirect_uri: string
  /** Deprecated. */
  vapid_key: string
}

/** @see https://docs.joinmastodon.org/entities/Application/#CredentialApplication */
export interface CredentialApplication extends Application {
  client_id: string
  client_secret: string
  client_secret_expires_at: 0
}

/** @see https://docs.joinmastodon.org/entities/Token/ */
export interface Token {
  access_token: string
  token_type: 'Bearer'
  scope: string
  created_at: number
}
