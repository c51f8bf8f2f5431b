import { createHash } from 'node:crypto'
import { type IncomingMessage, request as httpRequest } from 'node:http'
import { once } from 'node:events'
import type { Recorded } from '@anancus/core/testing/remote'
import * as misskey from '@misskey-dev/node-http-message-signatures'
import * as peertube from '@peertube/http-signature'

/** What other software signs its requests with, and checks ours. */
export interface OtherSigner {
  name: string
  /** Sends a signed POST; gives the status that answers it. */
  post(url: string, host: string, body: string, key: { keyId: string; privateKey: string }): Promise<number>
  /** Whether the signature and the digest of a request hold. */
  verify(request: Recorded, publicKey: string): Promise<boolean>
}

const TYPE = 'application/activity+json'
const COVERED = ['(request-target)', 'host', 'date', 'digest']

const digestOf = (body: string) => `SHA-256=${createHash('sha256').update(body).digest('base64')}`

/** The library that PeerTube signs with, and that Misskey signed with for years: a fork of Joyent's. */
const joyent: OtherSigner = {
  name: 'PeerTube’s library',
  async post(url, host, body, { keyId, privateKey }) {
    const headers = { host, date: new Date().toUTCString(), digest: digestOf(body), 'content-type': TYPE }
    const request = httpRequest(url, { method: 'POST', headers })
    peertube.signRequest(request, {
      key: privateKey,
      keyId,
      algorithm: 'rsa-sha256',
      headers: COVERED,
      authorizationHeaderName: 'Signature',
    })
    return answerTo(request, body)
  },
  async verify({ method, path: url, headers, body }, publicKey) {
    const request = { method, url, headers, httpVersion: '1.1' }
    const parsed = peertube.parseRequest(request, { headers: COVERED, authorizationHeaderName: 'signature' })
    return peertube.verifySignature(parsed, publicKey) && headers.digest === digestOf(body)
  },
}

/** The library that Misskey signs with now. */
const misskeys: OtherSigner = {
  name: 'Misskey’s library',
  async post(url, host, body, { keyId, privateKey }) {
    const request = {
      method: 'POST',
      url: new URL(new URL(url).pathname, `https://${host}`).href,
      headers: { host, date: new Date().toUTCString(), 'content-type': TYPE } as Record<string, string>,
    }
    await misskey.genDigestHeaderBothRFC3230AndRFC9530(request, body, 'SHA-256')
    await misskey.signAsDraftToRequest(request, { keyId, privateKeyPem: privateKey }, COVERED)
    return answerTo(httpRequest(url, { method: 'POST', headers: request.headers }), body)
  },
  async verify({ method, path: url, headers, body }, publicKey) {
    const request = { method, url, headers } as IncomingMessage
    const parsed = misskey.parseRequestSignature(request)
    if (parsed?.version !== 'draft') return false
    const isWhole = await misskey.verifyDigestHeader(request, Buffer.from(body), true)
    return isWhole && misskey.verifyDraftSignature(parsed.value, publicKey)
  },
}

export const OTHER_SIGNERS: readonly OtherSigner[] = [joyent, misskeys]

async function answerTo(request: ReturnType<typeof httpRequest>, body: string): Promise<number> {
  request.end(body)
  const [response] = (await once(request, 'response')) as [IncomingMessage]
  response.resume()
  return response.statusCode ?? 0
}
