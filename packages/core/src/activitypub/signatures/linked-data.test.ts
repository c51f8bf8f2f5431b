import { createPublicKey, generateKeyPairSync, webcrypto } from 'node:crypto'
import { signJsonLd, verifyJsonLd } from '@fedify/fedify/sig'
import { withContext } from '../context.ts'
import { isSignedBy } from '../transport/verify.ts'
import { AS, type Document, PUBLIC } from '../vocabulary.ts'
import { publishedContext } from './contexts.ts'
import { linkedDataClaim, withLinkedDataSignature } from './linked-data.ts'

const pair = generateKeyPairSync('rsa', { modulusLength: 2048 })
const actor = 'https://v.test/users/victim'
const keyId = `${actor}#main-key`
const signer = { keyId, key: pair.privateKey }
const now = new Date('2026-11-25T01:02:03.456Z')

const create: Document = withContext({
  id: `${actor}/1/activity`,
  type: 'Create',
  actor,
  to: [PUBLIC],
  cc: [`${actor}/followers`],
  object: {
    id: `${actor}/1`,
    type: 'Note',
    attributedTo: actor,
    content: '<p>Grüße 🐘</p>',
    contentMap: { de: '<p>Grüße 🐘</p>' },
    published: '2026-11-25T01:02:03Z',
    sensitive: false,
    to: [PUBLIC],
    attachment: [{ type: 'Document', url: 'https://v.test/a.png', focalPoint: [0.5, -0.25], width: 10 }],
    tag: [{ type: 'Hashtag', href: 'https://v.test/tags/x', name: '#x' }],
  },
})

const holds = async (document: Document) => {
  const read = await linkedDataClaim(document)
  return read !== null && isSignedBy(read.claim, pair.publicKey)
}
/** A server that holds its contexts and the key, for Fedify. */
const loaders = () => {
  const contextLoader = async (url: string) => ({
    contextUrl: null,
    documentUrl: url,
    document: await publishedContext(url),
  })
  const documentLoader = async (url: string) => ({
    contextUrl: null,
    documentUrl: url,
    document: {
      '@context': [AS, 'https://w3id.org/security/v1'],
      id: actor,
      type: 'Person',
      publicKey: {
        id: keyId,
        type: 'CryptographicKey',
        owner: actor,
        publicKeyPem: createPublicKey(pair.privateKey).export({ type: 'spki', format: 'pem' }),
      },
    },
  })
  return { contextLoader, documentLoader }
}
const cryptoKey = (): Promise<webcrypto.CryptoKey> =>
  webcrypto.subtle.importKey(
    'pkcs8',
    pair.privateKey.export({ type: 'pkcs8', format: 'der' }),
    { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' },
    true,
    ['sign'],
  ) as Promise<webcrypto.CryptoKey>

describe('a linked-data signature', () => {
  it('holds for what was signed, and for nothing else', async () => {
    const signed = await withLinkedDataSignature(create, signer, now)
    expect(signed.signature).toMatchObject({
      type: 'RsaSignature2017',
      creator: keyId,
      created: '2026-11-25T01:02:03Z',
    })
    expect(await holds(signed)).toBe(true)
    const object = create.object as Document
    expect(await holds({ ...signed, object: { ...object, content: 'Other' } })).toBe(false)
    expect(await holds({ ...signed, actor: 'https://v.test/users/other' })).toBe(false)
    expect(
      await holds({ ...signed, signature: { ...(signed.signature as Document), created: '2020' } }),
    ).toBe(false)
  })

  it('is believed by Fedify', async () => {
    const signed = await withLinkedDataSignature(create, signer, now)
    expect(await verifyJsonLd(signed, loaders())).toBe(true)
    expect(await verifyJsonLd({ ...signed, to: [] }, loaders())).toBe(false)
  })

  it('by Fedify is believed by us', async () => {
    const signed = await signJsonLd(create, await cryptoKey(), new URL(keyId), loaders())
    expect(await holds(signed as unknown as Document)).toBe(true)
  })

  it('gives the document in our words', async () => {
    const signed = await withLinkedDataSignature(create, signer, now)
    const { document } = (await linkedDataClaim(signed)) ?? {}
    expect(document).toMatchObject({ id: create.id, type: 'Create', actor })
    expect(document?.object).toMatchObject({
      id: `${actor}/1`,
      type: 'Note',
      content: '<p>Grüße 🐘</p>',
      sensitive: false,
      attachment: { focalPoint: [0.5, -0.25] },
      tag: { type: 'Hashtag', name: '#x' },
    })
  })
})

describe('SEC-SIG-08 inner signatures over aliased terms', () => {
  it('reads what the graph says, whatever the raw names seem to say', async () => {
    const aliased: Document = {
      '@context': [AS, { content: 'https://e.test/nothing', body: 'as:content' }],
      id: `${actor}/2/activity`,
      type: 'Create',
      actor,
      object: { id: `${actor}/2`, type: 'Note', attributedTo: actor, content: 'raw', body: 'meant', odd: 1 },
    }
    const read = await linkedDataClaim(await withLinkedDataSignature(aliased, signer, now))
    const object = read?.document.object as Document
    expect(object.content).toBe('meant')
    expect(JSON.stringify(read?.document)).not.toContain('"odd"')
  })

  it('drops what the signature does not cover', async () => {
    const signed = await withLinkedDataSignature(create, signer, now)
    const added = {
      ...signed,
      object: { ...(create.object as Document), votersCount: 5, _misskey_quote: 'x' },
    }
    expect(await holds(added)).toBe(true)
    const read = await linkedDataClaim(added)
    expect(read?.document.object).not.toHaveProperty('votersCount')
    expect(read?.document.object).not.toHaveProperty('_misskey_quote')
  })

  it('knows no contexts but those it holds, and fetches none', async () => {
    const signed = await withLinkedDataSignature(create, signer, now)
    const context = [AS, 'https://w3id.org/security/v1', 'https://e.test/context']
    expect(await linkedDataClaim({ ...signed, '@context': context })).toBeNull()
  })
})

describe('SEC-SIG-09 inner signatures over a graph hung up differently', () => {
  const inner = (document: Document) => {
    const { '@context': context, signature, ...rest } = document
    return { context, signature, rest }
  }
  it.each(['@graph', '@included', '@reverse'])('treats a document with %s as unsigned', async (keyword) => {
    const { context, signature, rest } = inner(await withLinkedDataSignature(create, signer, now))
    const root = { id: 'https://e.test/1', type: 'Create', actor: 'https://e.test/users/mallory' }
    const contexts = context as unknown[]
    const spellings: Document[] = [
      { '@context': context, signature, [keyword]: [rest] },
      { '@context': context, signature, ...root, [keyword]: { object: rest } },
      { '@context': context, signature, ...root, object: [{ a: [{ b: { [keyword]: rest } }] }] },
      { '@context': [...contexts, { hung: keyword }], signature, ...root, hung: [rest] },
      { '@context': [...contexts, { hung: { '@id': keyword } }], signature, ...root, hung: [rest] },
    ]
    for (const document of spellings) expect(await linkedDataClaim(document)).toBeNull()
  })

  it('gives up on a graph of too many nameless nodes', async () => {
    const signed = await withLinkedDataSignature(create, signer, now)
    const tag = Array.from({ length: 1_200 }, () => ({ type: 'Mention' }))
    expect(await linkedDataClaim({ ...signed, tag })).toBeNull()
  })
})
