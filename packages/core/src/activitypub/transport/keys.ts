import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto'
import { LRUCache } from 'lru-cache'
import { InvariantError } from '../../kernel/errors.ts'
import { keyId, type Uris } from '../../kernel/uris.ts'

/**
 * Keys as OpenSSL wants them. Parsing a PEM costs as much as verifying with it, so the parsed ones are kept, by the
 * text they came from: a rotated key is another text.
 */

const MAX_PEM_LENGTH = 8192
const MIN_RSA_BITS = 2048
const MAX_RSA_BITS = 8192
const MIN_EXPONENT = 3n

const publicKeys = new LRUCache<string, { key: KeyObject | null }>({ max: 5000 })
const privateKeys = new LRUCache<string, KeyObject>({ max: 500 })

/** The RSA public key in a PEM from outside, or null when it is anything else. Never throws. */
export function publicKeyOf(pem: string): KeyObject | null {
  if (pem.length > MAX_PEM_LENGTH) return null
  const known = publicKeys.get(pem)
  if (known) return known.key
  const key = parsePublicKey(pem)
  publicKeys.set(pem, { key })
  return key
}

function parsePublicKey(pem: string): KeyObject | null {
  let key: KeyObject
  try {
    key = createPublicKey(pem)
  } catch {
    return null // not a key: the answer to the question asked
  }
  const { modulusLength = 0, publicExponent = 0n } = key.asymmetricKeyDetails ?? {}
  const isUsable =
    key.asymmetricKeyType === 'rsa' &&
    modulusLength >= MIN_RSA_BITS &&
    modulusLength <= MAX_RSA_BITS &&
    publicExponent >= MIN_EXPONENT
  return isUsable ? key : null
}

/** Who signs, and with what. */
export interface Signer {
  keyId: string
  key: KeyObject
}

interface SigningAccount {
  id: string
  username: string
  domain: string | null
  id_scheme: number | null
  uri: string
  url: string | null
  private_key: string | null
}

/** The signer that a local account is. */
export function signerOf(uris: Uris, account: SigningAccount): Signer {
  if (!account.private_key) throw new InvariantError(`account ${account.id} has no private key`)
  let key = privateKeys.get(account.private_key)
  if (!key) {
    key = createPrivateKey(account.private_key)
    privateKeys.set(account.private_key, key)
  }
  return { keyId: keyId(uris, account), key }
}
