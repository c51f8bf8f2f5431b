import { createHash, timingSafeEqual } from 'node:crypto'
import { parseDictionary } from 'structured-headers'
import { BadRequestError, UnauthenticatedError } from '../../kernel/errors.ts'

/** Digests of request bodies, in the old header and the new one. SHA-256 is the only algorithm that counts. */

const ALGORITHM = 'sha-256'
const SHA256_BYTES = 32

/** The value of `Digest`. Upper case, since Threads knows no other spelling. */
export function digestHeader(body: string | Buffer): string {
  return `SHA-256=${sha256(body).toString('base64')}`
}

/** The value of `Content-Digest`. @see https://www.rfc-editor.org/rfc/rfc9530 */
export function contentDigestHeader(body: string | Buffer): string {
  return `${ALGORITHM}=:${sha256(body).toString('base64')}:`
}

function sha256(body: string | Buffer): Buffer {
  return createHash('sha256').update(body).digest()
}

/**
 * Checks a `Digest` header against the body.
 *
 * @throws BadRequestError the header cannot be read
 * @throws UnauthenticatedError it has no SHA-256, or another one than the body's
 */
export function checkDigest(header: string, body: Buffer): void {
  if (header === '') throw new UnauthenticatedError('The Digest header is missing')
  const given: string[] = []
  for (const part of header.split(',')) {
    const at = part.indexOf('=')
    if (at < 0) throw new BadRequestError('Malformed Digest header')
    if (part.slice(0, at).trim().toLowerCase() === ALGORITHM) given.push(part.slice(at + 1).trim())
  }
  compare(
    given.map((value) => Buffer.from(value, 'base64')),
    body,
    'Digest',
  )
}

/** Checks a `Content-Digest` header against the body; errors as `checkDigest`. */
export function checkContentDigest(header: string, body: Buffer): void {
  const given: Buffer[] = []
  for (const [name, [value]] of dictionary(header)) {
    if (name.toLowerCase() === ALGORITHM && value instanceof ArrayBuffer) given.push(Buffer.from(value))
  }
  compare(given, body, 'Content-Digest')
}

function dictionary(header: string): ReturnType<typeof parseDictionary> {
  try {
    return parseDictionary(header)
  } catch (cause) {
    throw new BadRequestError('Malformed Content-Digest header', cause)
  }
}

function compare(given: readonly Buffer[], body: Buffer, header: string): void {
  if (given.length === 0) throw new UnauthenticatedError(`Only SHA-256 is supported in the ${header} header`)
  if (given.some((value) => value.length !== SHA256_BYTES))
    throw new UnauthenticatedError(`Invalid ${header} value. The provided SHA-256 digest is not 32 bytes`)
  const actual = sha256(body)
  if (!given.every((value) => timingSafeEqual(value, actual)))
    throw new UnauthenticatedError(
      `Invalid ${header} value. Computed SHA-256 digest: ${actual.toString('base64')}`,
    )
}
