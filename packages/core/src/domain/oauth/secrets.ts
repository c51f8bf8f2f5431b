import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

const BYTES = 32

/** 256 random bits as text that needs no encoding anywhere: ids, secrets, codes, tokens. */
export function randomSecret(): string {
  return randomBytes(BYTES).toString('base64url')
}

/** What is stored of a secret that lives for minutes. */
export function digestOf(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url')
}

/** Compares in a time that tells nothing. */
export function isSameSecret(a: string, b: string): boolean {
  return timingSafeEqual(createHash('sha256').update(a).digest(), createHash('sha256').update(b).digest())
}
