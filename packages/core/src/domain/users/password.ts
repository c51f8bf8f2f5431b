import { randomBytes } from 'node:crypto'
import { hash, verify } from '@node-rs/bcrypt'
import { BCRYPT_COST, MAX_PASSWORD_BYTES, MIN_PASSWORD } from './limits.ts'

/** Of a password nobody knows: compared with when there is no user, so that both take the same time. */
const NOBODYS_HASH = '$2a$10$6UlZjHk5U6nif.LrezfFw.5.d67hau8O2G4nahicrzH/qStqOQiay'

/** Hashes with bcrypt, outside the event loop, in the version Devise writes. */
export async function hashPassword(password: string): Promise<string> {
  return hash(password, { cost: BCRYPT_COST, version: '2a' })
}

/** Whether a password fits a hash; without one the answer is no, and takes as long. */
export async function passwordFits(password: string, stored: string | null): Promise<boolean> {
  // bcrypt would only look at the beginning.
  const isTooLong = Buffer.byteLength(password) > MAX_PASSWORD_BYTES
  const fits = await verify(isTooLong ? '' : password, stored || NOBODYS_HASH)
  return fits && Boolean(stored) && !isTooLong
}

/** What is wrong with a new password: the rule and its words. */
export function problemOfPassword(password: string): { error: string; description: string } | null {
  if (password === '') return { error: 'ERR_BLANK', description: "can't be blank" }
  if (Array.from(password).length < MIN_PASSWORD)
    return { error: 'ERR_TOO_SHORT', description: `is too short (minimum is ${MIN_PASSWORD} characters)` }
  if (Buffer.byteLength(password) > MAX_PASSWORD_BYTES)
    return { error: 'ERR_TOO_LONG', description: `is too long (maximum is ${MAX_PASSWORD_BYTES} characters)` }
  return null
}

/** A password for somebody who did not choose one. */
export function randomPassword(): string {
  return randomBytes(16).toString('hex')
}
