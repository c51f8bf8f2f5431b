import type { OauthAccessTokenRow, OauthApplicationRow } from '@anancus/db'
import type { Config } from '../../kernel/config.ts'
import type { Application, CredentialApplication, Token } from '../types/index.ts'

/** An application without its secrets. */
export function applicationJson(config: Pick<Config, 'env'>, app: OauthApplicationRow): Application {
  return {
    id: app.id,
    name: app.name,
    website: app.website || null,
    scopes: app.scopes.split(/\s+/).filter(Boolean),
    redirect_uris: app.redirect_uri.split(/\s+/).filter(Boolean),
    redirect_uri: app.redirect_uri,
    vapid_key: config.env.VAPID_PUBLIC_KEY ?? '',
  }
}

/** What an application is told about itself when it registers, and never again. */
export function credentialApplicationJson(
  config: Pick<Config, 'env'>,
  app: OauthApplicationRow,
): CredentialApplication {
  return {
    ...applicationJson(config, app),
    client_id: app.uid,
    client_secret: app.secret,
    client_secret_expires_at: 0,
  }
}

export function tokenJson(token: OauthAccessTokenRow): Token {
  return {
    access_token: token.token,
    token_type: 'Bearer',
    scope: token.scopes ?? '',
    created_at: Math.floor(token.created_at.getTime() / 1000),
  }
}
