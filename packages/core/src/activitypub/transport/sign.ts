import { sign as signBytes } from 'node:crypto'
import { promisify } from 'node:util'
import { digestHeader } from './digest.ts'
import type { Signer } from './keys.ts'

const signInPool = promisify(signBytes)

export interface Signable {
  method: string
  url: URL
  body?: string | Buffer | undefined
}

/**
 * Signs a request as every fediverse server understands it: draft-cavage-12 with RSA-SHA256. The signature covers all
 * of `headers` besides host, date and, with a body, its digest. RSA runs outside the event loop.
 *
 * @param headers further headers of the request, lower case, to be covered
 * @returns the headers to add: date, host, digest (with a body) and signature
 * @see https://datatracker.ietf.org/doc/html/draft-cavage-http-signatures-12
 */
export async function signRequest(
  signer: Signer,
  request: Signable,
  headers: Record<string, string>,
  now: Date,
): Promise<Record<string, string>> {
  const added: Record<string, string> = { host: request.url.host, date: now.toUTCString() }
  if (request.body !== undefined) added.digest = digestHeader(request.body)
  const covered: Record<string, string> = { ...added, ...headers }
  const names = [...Object.keys(covered), '(request-target)']
  const path = request.url.pathname + request.url.search
  const text = [
    ...Object.entries(covered).map(([name, value]) => `${name}: ${value}`),
    `(request-target): ${request.method.toLowerCase()} ${path}`,
  ].join('\n')
  const signature = await signInPool('sha256', Buffer.from(text), signer.key)
  const header = [
    `keyId="${signer.keyId}"`,
    'algorithm="rsa-sha256"',
    `headers="${names.join(' ')}"`,
    `signature="${signature.toString('base64')}"`,
  ].join(',')
  return { ...added, signature: header }
}
