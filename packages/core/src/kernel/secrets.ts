import { generateKeyPairSync, randomBytes } from 'node:crypto'

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'
const ENCRYPTION_KEY_LENGTH = 32

/** All secrets of a new instance, under their variable names. Made once and never changed. */
export function generateSecrets(): Record<string, string> {
  return {
    SECRET_KEY_BASE: randomBytes(64).toString('hex'),
    ACTIVE_RECORD_ENCRYPTION_PRIMARY_KEY: alphanumeric(ENCRYPTION_KEY_LENGTH),
    ACTIVE_RECORD_ENCRYPTION_DETERMINISTIC_KEY: alphanumeric(ENCRYPTION_KEY_LENGTH),
    ACTIVE_RECORD_ENCRYPTION_KEY_DERIVATION_SALT: alphanumeric(ENCRYPTION_KEY_LENGTH),
    ...generateVapidKeys(),
  }
}

/**
 * A key pair for Web Push: the uncompressed P-256 point and the scalar, both base64url.
 *
 * @see https://www.rfc-editor.org/rfc/rfc8292
 */
export function generateVapidKeys(): { VAPID_PRIVATE_KEY: string; VAPID_PUBLIC_KEY: string } {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
  const { d = '', x = '', y = '' } = privateKey.export({ format: 'jwk' })
  const point = Buffer.concat([Buffer.from([4]), Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')])
  return { VAPID_PRIVATE_KEY: d, VAPID_PUBLIC_KEY: point.toString('base64url') }
}

function alphanumeric(length: number): string {
  // 248 is the largest multiple of 62 below 256: beyond it some letters would be likelier than others.
  const bytes = [...randomBytes(length * 2)].filter((byte) => byte < 248).slice(0, length)
  return bytes.length < length
    ? alphanumeric(length)
    : bytes.map((byte) => LETTERS[byte % LETTERS.length]).join('')
}
