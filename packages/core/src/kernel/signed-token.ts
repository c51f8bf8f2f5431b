import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Config } from './config.ts'

/**
 * Makes a token that opens one thing for whoever holds it, until it expires: for links in mails and pushes, where
 * nobody is signed in. Nothing is stored.
 *
 * @param purpose what it opens; a token for one purpose is worth nothing for another
 * @param subject an id, or another word without a dot
 */
export function signedToken(
  config: Pick<Config, 'secretKeyBase'>,
  purpose: string,
  subject: string,
  expiresAt: Date,
): string {
  const claim = `${subject}.${Math.floor(expiresAt.getTime() / 1000).toString(36)}`
  return `${claim}.${signatureOf(config, purpose, claim)}`
}

/** The subject of a token of ours for this purpose that has not expired, else null. */
export function subjectOfToken(
  config: Pick<Config, 'secretKeyBase'>,
  purpose: string,
  token: string,
  now: Date,
): string | null {
  const [, claim = '', subject = '', expiry = '', signature = ''] =
    /^(([^.]{1,100})\.([0-9a-z]{1,10}))\.([\w-]{43})$/.exec(token) ?? []
  if (claim === '') return null
  const expected = Buffer.from(signatureOf(config, purpose, claim))
  if (!timingSafeEqual(expected, Buffer.from(signature))) return null
  return Number.parseInt(expiry, 36) * 1000 > now.getTime() ? subject : null
}

function signatureOf(config: Pick<Config, 'secretKeyBase'>, purpose: string, claim: string): string {
  return createHmac('sha256', config.secretKeyBase).update(`anancus:${purpose}:${claim}`).digest('base64url')
}
