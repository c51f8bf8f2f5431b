import { createPublicKey, generateKeyPairSync, webcrypto } from 'node:crypto'
import { signObject, verifyProof } from '@fedify/fedify/sig'
import { Create, DataIntegrityProof, Note } from '@fedify/fedify/vocab'
import { withContext } from '../context.ts'
import { AS, type Document, PUBLIC } from '../vocabulary.ts'
import { base58, fromBase58 } from './base58.ts'
import { publishedContext } from './contexts.ts'
import { ed25519KeyOf, multikeyOf, pemOfMultikey } from './ed25519.ts'
import { canonicalJson } from './jcs.ts'
import { proofClaim, withObjectProof } from './object-proof.ts'

const rsa = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
})
const actor = 'https://v.test/users/victim'
const prover = { keyId: `${actor}#ed25519-key`, key: ed25519KeyOf(rsa.privateKey) }
const publicKey = pemOfMultikey(multikeyOf(prover.key)) as string
const now = new Date('2026-11-25T01:02:03.456Z')
const like: Document = withContext({
  id: `${actor}#likes/1`,
  type: 'Like',
  actor,
  object: 'https://e.test/1',
  content: '€ and \u0001',
})
const loaders = {
  contextLoader: async (url: string) => ({
    contextUrl: null,
    documentUrl: url,
    document: await publishedContext(url),
  }),
  documentLoader: async (url: string) => ({
    contextUrl: null,
    documentUrl: url,
    document: {
      '@context': [AS, 'https://w3id.org/security/multikey/v1'],
      id: prover.keyId,
      type: 'Multikey',
      controller: actor,
      publicKeyMultibase: multikeyOf(prover.key),
    },
  }),
}

describe('an object proof', () => {
  it('holds for what was signed, and for nothing else', async () => {
    const proven = await withObjectProof(like, prover, now)
    const claim = proofClaim(proven)
    expect(claim?.keyId).toBe(prover.keyId)
    expect(claim?.isBy(publicKey)).toBe(true)
    // A server in between may order the members anew.
    expect(proofClaim(Object.fromEntries(Object.entries(proven).reverse()))?.isBy(publicKey)).toBe(true)
    expect(proofClaim({ ...proven, object: 'https://e.test/2' })?.isBy(publicKey)).toBe(false)
    expect(proofClaim({ ...proven, to: [PUBLIC] })?.isBy(publicKey)).toBe(false)
    const proof = proven.proof as Document
    expect(
      proofClaim({ ...proven, proof: { ...proof, created: '2020-01-01T00:00:00Z' } })?.isBy(publicKey),
    ).toBe(false)
    expect(proofClaim({ ...proven, proof: { ...proof, proofPurpose: 'authentication' } })).toBeNull()
  })

  it('SEC-SIG-18 is of no other kind of key', async () => {
    const claim = proofClaim(await withObjectProof(like, prover, now))
    expect(claim?.isBy(rsa.publicKey)).toBe(false)
    expect(claim?.isBy('nonsense')).toBe(false)
  })

  it('is believed by Fedify', async () => {
    const proven = await withObjectProof(like, prover, now)
    const proof = await DataIntegrityProof.fromJsonLd(
      { '@context': 'https://w3id.org/security/data-integrity/v1', ...(proven.proof as Document) },
      loaders,
    )
    expect(await verifyProof(proven, proof, loaders)).not.toBeNull()
    expect(await verifyProof({ ...proven, object: 'https://e.test/2' }, proof, loaders)).toBeNull()
  })

  it('by Fedify is believed by us', async () => {
    const keys = (await webcrypto.subtle.generateKey('Ed25519', true, [
      'sign',
      'verify',
    ])) as webcrypto.CryptoKeyPair
    const create = new Create({
      id: new URL(`${actor}/1/activity`),
      actor: new URL(actor),
      object: new Note({ id: new URL(`${actor}/1`), content: 'Hello' }),
    })
    const signed = await signObject(create, keys.privateKey, new URL(`${actor}#key-2`), loaders)
    const document = (await signed.toJsonLd({ format: 'compact', ...loaders })) as Document
    const pem = createPublicKey({
      key: Buffer.from(await webcrypto.subtle.exportKey('spki', keys.publicKey)),
      format: 'der',
      type: 'spki',
    }).export({ type: 'spki', format: 'pem' }) as string
    const claim = proofClaim(document)
    expect(claim?.keyId).toBe(`${actor}#key-2`)
    expect(claim?.isBy(pem)).toBe(true)
  })
})

describe('its pieces', () => {
  it('derives one key from one key', () => {
    expect(multikeyOf(prover.key)).toMatch(/^z6Mk[1-9A-HJ-NP-Za-km-z]{44}$/)
    expect(multikeyOf(ed25519KeyOf(rsa.privateKey))).toBe(multikeyOf(prover.key))
  })

  it.each(['', 'x6Mk', 'z', 'z0OIl', `z${'1'.repeat(200)}`, 'z6Mk'])('takes no multikey %s', (text) => {
    expect(pemOfMultikey(text)).toBeNull()
  })

  it.each(['', '00', '0000ff', '00000000', 'ffffffffffffffff01'])('writes bytes %s and reads them', (hex) => {
    const bytes = Buffer.from(hex, 'hex')
    expect(fromBase58(base58(bytes), 100)).toEqual(bytes)
  })

  it('writes canonical JSON', () => {
    // From RFC 8785, 3.2.3.
    const value = {
      '\u20ac': 'Euro Sign',
      '\r': 'Carriage Return',
      '1': 'One',
      '\ud83d\ude00': 'Smile',
      b: [3, { z: 1e30, a: 0.1 }],
    }
    expect(canonicalJson(value)).toBe(
      '{"\\r":"Carriage Return","1":"One","b":[3,{"a":0.1,"z":1e+30}],"€":"Euro Sign","😀":"Smile"}',
    )
  })
})
