import { generateKeyPair, randomUUID } from 'node:crypto'
import { promisify } from 'node:util'

const generate = promisify(generateKeyPair)
/** As Mastodon; a 4096-bit key signs five times slower and some servers refuse it. */
const RSA_BITS = 2048

export interface KeyPair {
  /** SubjectPublicKeyInfo, PEM. */
  publicKey: string
  /** PKCS #1, PEM, as in Mastodon's `accounts.private_key`. */
  privateKey: string
}

/** Makes the key pair of an actor, outside the event loop. */
export async function generateRsaKeyPair(): Promise<KeyPair> {
  return generate('rsa', {
    modulusLength: RSA_BITS,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
  })
}

/** An address of ours that nobody can guess or open: the id of a Follow, Block or Flag. */
export function randomUri(baseUrl: string): string {
  return `${baseUrl}/${randomUUID()}`
}
