import { sign as signBytes } from 'node:crypto'
import { promisify } from 'node:util'
import { contentDigestHeader } from './digest.ts'
import type { Signer } from './keys.ts'
import type { Signable } from './sign.ts'

const signInPool = promisify(signBytes)
const LABEL = 'sig1'

/**
 * Signs a request as RFC 9421 says, over its method, its whole address and, with a body, the body's digest, by RSA with
 * SHA-256. The algorithm is named, though the key says it: some servers look for it. RSA runs outside the event loop.
 *
 * @returns the headers to add: host, content-digest (with a body), signature-input and signature
 * @see https://www.rfc-editor.org/rfc/rfc9421
 */
export async function signRequestRfc9421(
  signer: Signer,
  request: Signable,
  now: Date,
): Promise<Record<string, string>> {
  const added: Record<string, string> = { host: request.url.host }
  const components: [string, string][] = [
    ['@method', request.method.toUpperCase()],
    ['@target-uri', withoutFragment(request.url)],
  ]
  if (request.body !== undefined) {
    added['content-digest'] = contentDigestHeader(request.body)
    components.push(['content-digest', added['content-digest']])
  }
  const names = components.map(([name]) => `"${name}"`).join(' ')
  const parameters = `(${names});created=${Math.floor(now.getTime() / 1000)};keyid="${signer.keyId}";alg="rsa-v1_5-sha256"`
  const lines = components.map(([name, value]) => `"${name}": ${value}`)
  const base = [...lines, `"@signature-params": ${parameters}`].join('\n')
  const signature = await signInPool('sha256', Buffer.from(base), signer.key)
  return {
    ...added,
    'signature-input': `${LABEL}=${parameters}`,
    signature: `${LABEL}=:${signature.toString('base64')}:`,
  }
}

/** A fragment never travels, so it cannot be signed. */
function withoutFragment(url: URL): string {
  return url.href.split('#', 1)[0] as string
}
