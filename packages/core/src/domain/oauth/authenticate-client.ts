import type { OauthApplicationRow } from '@anancus/db'
import { applicationByUid } from '@anancus/db/queries/oauth'
import type { Ctx } from '../../kernel/context.ts'
import { OauthError } from './oauth-error.ts'
import { isSameSecret } from './secrets.ts'

export interface ClientCredentials {
  uid: string
  secret: string
}

/**
 * Finds the application that proves itself by its secret. Every application is confidential.
 *
 * @throws OauthError invalid_client
 */
export async function authenticateClient(
  ctx: Ctx,
  credentials: ClientCredentials | null,
): Promise<OauthApplicationRow> {
  const app = credentials && (await applicationByUid(ctx.db, credentials.uid))
  if (!app || !isSameSecret(app.secret, credentials.secret)) throw new OauthError('invalid_client')
  return app
}

/**
 * Reads an `Authorization: Basic` header. Clients that follow the RFC to the letter encode both parts as form values,
 * most send them as they are; our ids and secrets read the same either way.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6749#section-2.3.1
 */
export function basicCredentials(header: string | undefined): ClientCredentials | null {
  const encoded = /^Basic +([A-Za-z0-9+/=]+)$/i.exec(header ?? '')?.[1]
  if (encoded === undefined) return null
  const text = Buffer.from(encoded, 'base64').toString('utf8')
  const colon = text.indexOf(':')
  return colon < 0 ? null : { uid: decode(text.slice(0, colon)), secret: decode(text.slice(colon + 1)) }
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    return text // not encoded: as it is
  }
}
