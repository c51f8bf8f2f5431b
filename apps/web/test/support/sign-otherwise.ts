import { createHash, createPrivateKey, sign } from 'node:crypto'
import type { DeliveryRequest, RemoteActor } from '@anancus/core/testing/remote'

/** Deliveries to `https://social.test/inbox` signed in other ways than Mastodon's; written apart from our own signing. */

const HOST = 'social.test'
const TARGET = '/inbox'

type Signer = Pick<RemoteActor, 'keyId' | 'privateKey'>

export interface OtherwiseOptions {
  /** Default: now. */
  created?: Date
  expires?: Date
  hash?: 'sha256' | 'sha512'
}

const seconds = (date: Date) => Math.floor(date.getTime() / 1000)
const digestOf = (body: string) => createHash('sha256').update(body).digest('base64')

function signed(signer: Signer, text: string, hash = 'sha256'): string {
  return sign(hash, Buffer.from(text), createPrivateKey(signer.privateKey)).toString('base64')
}

/** The later drafts of cavage: `hs2019`, with `(created)` and perhaps `(expires)` in place of a Date. */
export function signHs2019(
  signer: Signer,
  document: unknown,
  { created = new Date(), expires, hash }: OtherwiseOptions = {},
): DeliveryRequest {
  const body = JSON.stringify(document)
  const digest = `SHA-256=${digestOf(body)}`
  const times: [string, string, number][] = [
    ['(created)', 'created', seconds(created)],
    ...(expires ? ([['(expires)', 'expires', seconds(expires)]] as [string, string, number][]) : []),
  ]
  const lines: [string, string][] = [
    ['(request-target)', `post ${TARGET}`],
    ...times.map(([pseudo, , at]): [string, string] => [pseudo, String(at)]),
    ['host', HOST],
    ['digest', digest],
  ]
  const text = lines.map(([name, value]) => `${name}: ${value}`).join('\n')
  const parameters = [
    `keyId="${signer.keyId}"`,
    'algorithm="hs2019"',
    ...times.map(([, name, at]) => `${name}=${at}`),
    `headers="${lines.map(([name]) => name).join(' ')}"`,
    `signature="${signed(signer, text, hash)}"`,
  ]
  return request(body, { digest, signature: parameters.join(',') })
}

/** RFC 9421, over method, address and digest. */
export function signRfc9421(
  signer: Signer,
  document: unknown,
  { created = new Date() }: OtherwiseOptions = {},
): DeliveryRequest {
  const body = JSON.stringify(document)
  const digest = `sha-256=:${digestOf(body)}:`
  const lines: [string, string][] = [
    ['@method', 'POST'],
    ['@target-uri', `https://${HOST}${TARGET}`],
    ['content-digest', digest],
  ]
  const names = lines.map(([name]) => `"${name}"`).join(' ')
  const parameters = `(${names});created=${seconds(created)};keyid="${signer.keyId}"`
  const text = [
    ...lines.map(([name, value]) => `"${name}": ${value}`),
    `"@signature-params": ${parameters}`,
  ].join('\n')
  return request(body, {
    'content-digest': digest,
    'signature-input': `sig1=${parameters}`,
    signature: `sig1=:${signed(signer, text)}:`,
  })
}

function request(body: string, headers: Record<string, string>): DeliveryRequest {
  return {
    method: 'POST',
    target: TARGET,
    headers: { host: HOST, 'content-type': 'application/activity+json', ...headers },
    body: Buffer.from(body),
  }
}
