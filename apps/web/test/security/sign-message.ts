import { createHash, createPrivateKey, sign } from 'node:crypto'
import type { DeliveryRequest, RemoteActor } from '@anancus/core/testing/remote'

export interface MessageOptions {
  /** Host and path the signature is for. */
  host?: string
  target?: string
  created?: number
  components?: readonly string[]
  /** Parameters after the created time; the key’s id alone as a rule. */
  parameters?: string
  privateKey?: string
  /** Replaces or removes headers after signing. */
  tamper?: Record<string, string | undefined>
  /** Another body than the signed one. */
  sentBody?: string
}

/** Signs a delivery by RFC 9421, written apart from the signing of ours; every part can be spoilt. */
export function signMessage(
  actor: Pick<RemoteActor, 'keyId' | 'privateKey'>,
  document: unknown,
  options: MessageOptions = {},
): DeliveryRequest {
  const body = JSON.stringify(document)
  const { host = 'social.test', target = '/inbox' } = options
  const headers: Record<string, string> = {
    host,
    'content-type': 'application/activity+json',
    'content-digest': `sha-256=:${createHash('sha256').update(body).digest('base64')}:`,
  }
  const values: Record<string, string | undefined> = {
    '@method': 'POST',
    '@target-uri': `https://${host}${target}`,
    '@authority': host,
    '@path': target,
    ...headers,
  }
  const components = options.components ?? ['@method', '@target-uri', 'content-digest']
  const created = options.created ?? Math.floor(Date.now() / 1000)
  const parameters = options.parameters ?? `;keyid="${actor.keyId}"`
  const input = `(${components.map((name) => `"${name}"`).join(' ')});created=${created}${parameters}`
  const base = [
    ...components.map((name) => `"${name}": ${values[name]}`),
    `"@signature-params": ${input}`,
  ].join('\n')
  const key = createPrivateKey(options.privateKey ?? actor.privateKey)
  headers['signature-input'] = `sig=${input}`
  headers.signature = `sig=:${sign('sha256', Buffer.from(base), key).toString('base64')}:`
  for (const [name, value] of Object.entries(options.tamper ?? {})) {
    if (value === undefined) delete headers[name]
    else headers[name] = value
  }
  return { method: 'POST', target, headers, body: Buffer.from(options.sentBody ?? body) }
}
