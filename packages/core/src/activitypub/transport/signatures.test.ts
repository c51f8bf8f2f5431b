import { createPrivateKey, generateKeyPairSync, sign, webcrypto } from 'node:crypto'
import { signRequest as fedifySign, verifyRequest as fedifyVerify } from '@fedify/fedify/sig'
import { TEST_KEYS } from '@anancus/db/testing/test-keys'
import { type SignOptions, signDelivery } from '../../../testing/remote.ts'
import { digestHeader } from './digest.ts'
import { publicKeyOf, type Signer } from './keys.ts'
import { signRequest } from './sign.ts'
import { isSignedBy, type SignedRequest, signatureClaim, type VerifyOptions } from './verify.ts'

const HOST = 'social.test'
const KEY_ID = 'https://e.test/users/eve#main-key'
const [pair, other] = TEST_KEYS as [(typeof TEST_KEYS)[0], (typeof TEST_KEYS)[0]]
const eve = { keyId: KEY_ID, privateKey: pair.privateKey }
const NOW = new Date('2026-06-01T12:00:00Z')
const options: VerifyOptions = { ownHosts: new Set([HOST]), scheme: 'https', now: NOW }
const minutes = (count: number) => new Date(NOW.getTime() + count * 60_000)

/** A delivery by eve at `NOW`, spoilt as the test wants. */
function delivery(spoilt: SignOptions & { host?: string; target?: string } = {}): SignedRequest {
  const { host, target, ...sign } = spoilt
  return signDelivery(
    eve,
    '{"type":"Like"}',
    { host: host ?? HOST, target: target ?? '/inbox' },
    { date: NOW, ...sign },
  )
}

function holds(request: SignedRequest, key = pair.publicKey, at: VerifyOptions = options): boolean {
  const publicKey = publicKeyOf(key)
  if (!publicKey) throw new Error('not a key')
  return isSignedBy(signatureClaim(request, at), publicKey)
}

const verdict = (request: SignedRequest, at: VerifyOptions = options) => {
  try {
    return holds(request, pair.publicKey, at)
  } catch (error) {
    return (error as { status: number }).status
  }
}

describe('verifying a draft-cavage signature', () => {
  it('accepts a delivery as Mastodon signs it, and no other key’s', () => {
    expect(holds(delivery())).toBe(true)
    expect(holds(delivery(), other.publicKey)).toBe(false)
  })

  it('SEC-SIG-01 refuses another body, digest or host, and a missing digest', () => {
    expect(verdict(delivery({ sentBody: '{"type":"Block"}' }))).toBe(401)
    const digest = digestHeader('{"type":"Block"}')
    expect(verdict(delivery({ sentBody: '{"type":"Block"}', tamper: { digest } }))).toBe(false)
    expect(verdict(delivery({ tamper: { digest: undefined } }))).toBe(401)
    expect(verdict(delivery({ tamper: { host: 'v.test' } }))).toBe(401)
  })

  it('SEC-SIG-16 refuses what was signed for another host', () => {
    expect(verdict(delivery({ host: 'v.test' }))).toBe(401)
    expect(verdict(delivery({ host: 'v.test', tamper: { host: HOST } }))).toBe(false)
  })

  it.each([
    [['date']],
    [['host', 'date', 'digest']],
    [['(request-target)', 'date', 'digest']],
    [['(request-target)', 'host', 'date']],
    [['(request-target)', 'host', 'digest']],
    [[]],
  ])('SEC-SIG-02 refuses a signature that covers only %j', (covered) => {
    expect(verdict(delivery({ covered }))).toBe(401)
  })

  it('SEC-SIG-02 refuses a signature that does not say what it covers', () => {
    const request = delivery()
    const signature = request.headers.signature?.replace(/headers="[^"]*",/, '') ?? ''
    expect(verdict({ ...request, headers: { ...request.headers, signature } })).toBe(401)
  })

  it.each(['keyId', 'signature', 'headers'])('SEC-SIG-10 refuses %s given twice, in either order', (name) => {
    const request = delivery()
    const signature = request.headers.signature ?? ''
    const value = new RegExp(`${name}="([^"]*)"`).exec(signature)?.[1]
    for (const spoilt of [`${signature},${name}="${value}"`, `${name}="x",${signature}`])
      expect(verdict({ ...request, headers: { ...request.headers, signature: spoilt } })).toBe(401)
  })

  it.each([
    ['13 hours old', minutes(-13 * 60), 401],
    ['66 minutes old', minutes(-66), 401],
    ['64 minutes old', minutes(-64), true],
    ['59 minutes ahead', minutes(59), true],
    ['2 hours ahead', minutes(120), 401],
  ])('SEC-SIG-11 a date %s', (_name, date, expected) => {
    expect(verdict(delivery({ date }))).toBe(expected)
  })

  it('SEC-SIG-11 refuses a missing or unreadable date', () => {
    expect(verdict(delivery({ tamper: { date: undefined } }))).toBe(401)
    expect(verdict(delivery({ tamper: { date: 'yesterday' } }))).toBe(401)
  })

  it('SEC-SIG-11 reads (created) and (expires), and only for hs2019', () => {
    const created = Math.floor(NOW.getTime() / 1000)
    const sign = (parameters: string, algorithm = 'hs2019') => verdict(pseudoSigned(parameters, algorithm))
    expect(sign(`created=${created}`)).toBe(true)
    expect(sign(`created=${created},expires=${created + 60}`)).toBe(true)
    expect(sign(`created=${created - 50_000}`)).toBe(401)
    expect(sign(`created=${created + 7_200}`)).toBe(401)
    expect(sign(`created=${created - 40_000},expires=${created - 3_700}`)).toBe(401)
    expect(sign(`created=${created - 40_000},expires=${created}`)).toBe(true)
    expect(sign(`created=${created}`, 'rsa-sha256')).toBe(401)
    expect(sign('created="soon"')).toBe(401)
  })

  it.each([
    ['sha-256 in any case', (digest: string) => digest.replace('SHA-256', 'sha-256'), true],
    ['beside another algorithm', (digest: string) => `SHA-512=xyz,${digest}`, true],
    ['the same twice', (digest: string) => `${digest},${digest}`, true],
    ['MD5', () => 'MD5=abc', 401],
    ['empty', () => 'SHA-256=', 401],
    ['nothing that can be read', () => 'SHA-256', 400],
    ['two that differ', (digest: string) => `${digest},SHA-256=${'A'.repeat(43)}=`, 401],
  ])('SEC-SIG-17 a digest: %s', (_name, change, expected) => {
    const body = '{"type":"Like"}'
    const digest = change(digestHeader(body))
    expect(verdict(signedWith({ digest }, body))).toBe(expected)
  })

  it.each(['hmac-sha256', 'none', 'rsa-sha1', 'ed25519', 'RSA-SHA256'])(
    'SEC-SIG-18 refuses the algorithm %s',
    (algorithm) => {
      expect(verdict(delivery({ algorithm }))).toBe(401)
    },
  )

  it('SEC-SIG-19 accepts a query signed or not, and refuses one that differs', () => {
    const get = (target: string) => delivery({ method: 'GET', target })
    const sent = (target: string, now: string) => ({ ...get(target), target: now })
    expect(verdict(sent('/outbox?page=2', '/outbox?page=2'))).toBe(true)
    expect(verdict(sent('/outbox', '/outbox?page=2'))).toBe(true)
    expect(verdict(sent('/outbox?page=1', '/outbox?page=2'))).toBe(false)
    expect(verdict(sent('/outbox', '/inbox'))).toBe(false)
  })

  it('refuses what is not signed', () => {
    expect(verdict(delivery({ tamper: { signature: undefined } }))).toBe(401)
    for (const signature of ['', 'x', 'keyId=', 'keyId="a"', 'keyId="a",signature', ',', '"'.repeat(9000)])
      expect(verdict(delivery({ tamper: { signature } }))).toBe(401)
  })
})

/** Signs over (created) and (expires) instead of a date. */
function pseudoSigned(parameters: string, algorithm: string): SignedRequest {
  const given = Object.fromEntries(parameters.split(',').map((part) => part.split('=') as [string, string]))
  const covered = ['(request-target)', 'host', 'digest', ...Object.keys(given).map((name) => `(${name})`)]
  return signedWith({ covered: covered.join(' '), parameters, algorithm, given }, '{"type":"Like"}')
}

function signedWith(
  spoilt: {
    digest?: string
    covered?: string
    parameters?: string
    algorithm?: string
    given?: Record<string, string>
  },
  body: string,
): SignedRequest {
  const covered = spoilt.covered ?? '(request-target) host date digest'
  const headers: Record<string, string> = {
    host: HOST,
    date: NOW.toUTCString(),
    digest: spoilt.digest ?? digestHeader(body),
  }
  const text = covered
    .split(' ')
    .map((name) => {
      if (name === '(request-target)') return `${name}: post /inbox`
      const pseudo = /^\((.*)\)$/.exec(name)?.[1]
      return `${name}: ${pseudo === undefined ? headers[name] : spoilt.given?.[pseudo]}`
    })
    .join('\n')
  const signature = signText(text)
  const extra = spoilt.parameters ? `,${spoilt.parameters}` : ''
  headers.signature = `keyId="${KEY_ID}",algorithm="${spoilt.algorithm ?? 'rsa-sha256'}"${extra},headers="${covered}",signature="${signature}"`
  return { method: 'POST', target: '/inbox', headers, body: Buffer.from(body) }
}

function signText(text: string): string {
  return sign('sha256', Buffer.from(text), createPrivateKey(pair.privateKey)).toString('base64')
}

describe('keys from outside', () => {
  it('SEC-SIG-14 anything but a sound RSA key is no key, and never an exception', () => {
    const pem = (type: 'ec' | 'dsa' | 'ed25519' | 'rsa', details: object) =>
      generateKeyPairSync(
        type as 'rsa',
        {
          ...details,
          publicKeyEncoding: { type: 'spki', format: 'pem' },
          privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
        } as never,
      ).publicKey as unknown as string
    const refused = [
      '',
      'null',
      '-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----',
      'x'.repeat(1_000_000),
      pem('ec', { namedCurve: 'prime256v1' }),
      pem('ed25519', {}),
      pem('rsa', { modulusLength: 1024 }),
      pair.privateKey.replaceAll('PRIVATE', 'PUBLIC'),
    ]
    for (const text of refused) expect(publicKeyOf(text)).toBeNull()
    expect(publicKeyOf(pair.publicKey)).not.toBeNull()
    expect(publicKeyOf(rsaForm(pair.publicKey))).not.toBeNull()
  })
})

function rsaForm(pem: string): string {
  const key = publicKeyOf(pem)
  return key?.export({ type: 'pkcs1', format: 'pem' }) as string
}

describe('Fedify as the other side', () => {
  const signer: Signer = { keyId: KEY_ID, key: createPrivateKey(pair.privateKey) }
  const loader = async (url: string) => ({ document: keyDocument(), documentUrl: url, contextUrl: null })
  const verifyThere = (request: Request) =>
    fedifyVerify(request, {
      documentLoader: loader as never,
      timeWindow: false,
    } as never)

  function keyDocument() {
    const owner = 'https://e.test/users/eve'
    return {
      '@context': ['https://www.w3.org/ns/activitystreams', 'https://w3id.org/security/v1'],
      id: owner,
      type: 'Person',
      preferredUsername: 'eve',
      inbox: `${owner}/inbox`,
      publicKey: { id: KEY_ID, owner, publicKeyPem: pair.publicKey },
    }
  }

  it('verifies a POST and a GET that we sign', async () => {
    const body = '{"type":"Like"}'
    const url = new URL('https://v.test/inbox') // Fedify leaves the query out of what is signed
    const type = { 'content-type': 'application/activity+json' }
    const post = await signRequest(signer, { method: 'POST', url, body }, type, NOW)
    const sent = new Request(url, { method: 'POST', body, headers: { ...type, ...post } })
    expect((await verifyThere(sent))?.id?.href).toBe(KEY_ID)
    const wrong = new Request(url, { method: 'POST', body: '{}', headers: { ...type, ...post } })
    expect(await verifyThere(wrong)).toBeNull()
    const accept = { accept: 'application/activity+json' }
    const get = await signRequest(signer, { method: 'GET', url }, accept, NOW)
    expect((await verifyThere(new Request(url, { headers: { ...accept, ...get } })))?.id?.href).toBe(KEY_ID)
  })

  it.each(['draft-cavage-http-signatures-12', 'rfc9421'] as const)(
    '%s made there holds here',
    async (spec) => {
      const key = await webcrypto.subtle.importKey(
        'pkcs8',
        createPrivateKey(pair.privateKey).export({ type: 'pkcs8', format: 'der' }),
        { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' },
        true,
        ['sign'],
      )
      const body = '{"type":"Like"}'
      const request = new Request(`https://${HOST}/inbox`, {
        method: 'POST',
        body,
        headers: { 'content-type': 'application/activity+json', host: HOST },
      })
      const signed = await fedifySign(request, key as never, new URL(KEY_ID), { spec } as never)
      const arrived: SignedRequest = {
        method: 'POST',
        target: '/inbox',
        headers: { ...Object.fromEntries(signed.headers), host: HOST },
        body: Buffer.from(body),
      }
      const now = { ...options, now: new Date() }
      expect(holds(arrived, pair.publicKey, now)).toBe(true)
      expect(holds(arrived, other.publicKey, now)).toBe(false)
      expect(verdict({ ...arrived, body: Buffer.from('{}') }, now)).toBe(401)
      expect(verdict({ ...arrived, target: '/users/alice/inbox' }, now)).toBe(false)
      expect(verdict(arrived, { ...now, ownHosts: new Set(['v.test']) })).toBe(401)
      expect(verdict(arrived, { ...now, now: new Date(Date.now() + 2 * 60 * 60 * 1000) })).toBe(401)
    },
  )
})
