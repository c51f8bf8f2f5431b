import { ECDH } from 'node:crypto'
import { LRUCache } from 'lru-cache'

/** The keys of a browser or app, as it sent them: base64url, with or without padding. */
export interface PushKeys {
  p256dh: string
  auth: string
}

/** The key pair by which push services know this server. */
export interface VapidKeys {
  publicKey: string
  privateKey: string
}

const POINT_BYTES = 65
const AUTH_BYTES = 16
const COMPRESSED = 'compressed'

/**
 * Whether a message can be encrypted for these keys: a point on P-256 and a secret of 16 bytes or more.
 *
 * @see https://www.rfc-editor.org/rfc/rfc8291#section-3.2
 */
export function areUsableKeys({ p256dh, auth }: PushKeys): boolean {
  const point = Buffer.from(p256dh, 'base64url')
  if (point.length !== POINT_BYTES || Buffer.from(auth, 'base64url').length < AUTH_BYTES) return false
  try {
    ECDH.convertKey(point, 'prime256v1', undefined, undefined, COMPRESSED)
    return true
  } catch {
    return false
  }
}

/** Body and headers of an encrypted message, without what says who sends it. */
export interface EncryptedPush {
  body: Buffer
  headers: Record<string, string>
}

/**
 * Encrypts a message for one subscription.
 *
 * @param isStandard `aes128gcm`; else the older `aesgcm`, whose salt and key travel in headers
 * @see https://www.rfc-editor.org/rfc/rfc8291 https://datatracker.ietf.org/doc/html/draft-ietf-webpush-encryption-04
 */
export async function encryptPush(
  message: string,
  { p256dh, auth }: PushKeys,
  isStandard: boolean,
): Promise<EncryptedPush> {
  const { encrypt } = await library()
  const encoding = isStandard ? 'aes128gcm' : 'aesgcm'
  const { cipherText, salt, localPublicKey } = encrypt(p256dh, auth, message, encoding)
  const headers = { 'content-type': 'application/octet-stream', 'content-encoding': encoding }
  if (isStandard) return { body: cipherText, headers }
  const key = Buffer.from(localPublicKey as unknown as Uint8Array).toString('base64url')
  return { body: cipherText, headers: { ...headers, encryption: `salt=${salt}`, 'crypto-key': `dh=${key}` } }
}

const REUSED_HOURS = 6
const signed = new LRUCache<string, Record<string, string>>({ max: 500, ttl: REUSED_HOURS * 3600 * 1000 })

/**
 * The headers by which a push service knows who sends. The signature is good for twelve hours and made once in six for
 * each push service: it costs more than the encryption.
 *
 * @param subject `mailto:` or `https:` address of whoever runs this server
 * @see https://www.rfc-editor.org/rfc/rfc8292
 */
export async function vapidHeaders(
  endpoint: URL,
  subject: string,
  keys: VapidKeys,
  isStandard: boolean,
): Promise<Record<string, string>> {
  const cacheKey = [endpoint.origin, subject, keys.publicKey, isStandard].join(' ')
  const known = signed.get(cacheKey)
  if (known) return known
  const { getVapidHeaders } = await library()
  const made = getVapidHeaders(
    endpoint.origin,
    subject,
    keys.publicKey,
    keys.privateKey,
    isStandard ? 'aes128gcm' : 'aesgcm',
  )
  const headers: Record<string, string> = { authorization: made.Authorization }
  const identity = (made as { 'Crypto-Key'?: string })['Crypto-Key']
  if (identity !== undefined) headers['crypto-key'] = identity
  signed.set(cacheKey, headers)
  return headers
}

/** Both parts of a push; the older encoding names two keys in one header. */
export function joinHeaders(
  encrypted: Record<string, string>,
  vapid: Record<string, string>,
): Record<string, string> {
  const keys = [encrypted['crypto-key'], vapid['crypto-key']].filter(Boolean).join(';')
  return { ...encrypted, ...vapid, ...(keys === '' ? {} : { 'crypto-key': keys }) }
}

/** Only the worker encrypts; nobody else has to load it. */
async function library() {
  return (await import('web-push')).default
}
