import fc from 'fast-check'
import { AS, type Document } from '../vocabulary.ts'
import { parseActivity } from './activity.ts'
import { parseActor } from './actor.ts'
import { handleDomain, parseHandle } from './handle.ts'
import { parseNote } from './note.ts'
import { dateOf, httpUri, isSameOrigin } from './values.ts'

const NOW = new Date('2026-06-01T00:00:00Z')
const MEMBERS = [
  'id',
  'type',
  'actor',
  'object',
  'to',
  'cc',
  'tag',
  'attachment',
  'url',
  'content',
  'contentMap',
  'name',
  'summary',
  'inbox',
  'endpoints',
  'publicKey',
  'preferredUsername',
  'icon',
  'attributedTo',
  'published',
  'oneOf',
  'anyOf',
  'closed',
  'likes',
  'inReplyTo',
  'conversation',
  'webfinger',
  'alsoKnownAs',
  '@context',
]

/** Documents with the members that are read, holding anything at all. */
const documents = fc.dictionary(
  fc.constantFrom(...MEMBERS),
  fc.oneof(
    fc.jsonValue({ maxDepth: 3 }),
    fc.constantFrom(
      'Note',
      'Person',
      'Question',
      AS,
      'https://e.test/1',
      'javascript:x',
      'https://',
      '2026-01-01',
    ),
  ),
) as fc.Arbitrary<Document>

describe('reading documents', () => {
  it('never throws, whatever they hold', () => {
    fc.assert(
      fc.property(documents, (document) => {
        parseNote(document, NOW)
        parseActor(document)
        parseActivity(document)
      }),
      { numRuns: 3_000 },
    )
  })

  it('gives every address it gives as http(s)', () => {
    fc.assert(
      fc.property(documents, (document) => {
        const note = parseNote({ id: 'https://e.test/1', type: 'Note', ...document }, NOW)
        const actor = parseActor({
          id: 'https://e.test/1',
          type: 'Person',
          inbox: 'https://e.test/i',
          preferredUsername: 'x',
          ...document,
        })
        const addresses = [
          note?.uri,
          note?.url,
          ...(note?.mentions ?? []),
          ...(note?.attachments ?? []).map(({ url }) => url),
          actor?.uri,
          actor?.url,
          actor?.inboxUrl,
          actor?.outboxUrl,
          actor?.sharedInboxUrl,
          actor?.avatar?.url,
        ]
        return addresses.every((address) => !address || /^https?:\/\/[^/]/i.test(address))
      }),
      { numRuns: 3_000 },
    )
  })

  it('needs the ActivityStreams context by its exact name', () => {
    const like = { id: 'https://e.test/1', type: 'Like', actor: 'https://e.test/a', object: 'x' }
    expect(parseActivity({ ...like, '@context': AS })).not.toBeNull()
    expect(parseActivity({ ...like, '@context': [{ x: 'y' }, AS] })).not.toBeNull()
    for (const context of [undefined, `${AS}#`, 'http://www.w3.org/ns/activitystreams', [{ AS }]])
      expect(parseActivity({ ...like, '@context': context })).toBeNull()
  })
})

describe('addresses', () => {
  it.each([
    ['https://e.test', 'https://e.test/x', true],
    ['https://E.test/', 'https://e.test:443/x', true],
    ['https://bücher.example/', 'https://xn--bcher-kva.example/', true],
    ['http://e.test/', 'https://e.test/', false],
    ['https://e.test/', 'https://e.test:8443/', false],
    ['https://e.test/', 'https://x.e.test/', false],
    ['https://e.test/', 'https://e.test@v.test/', false],
    ['x', 'x', false],
    ['data:a', 'data:b', false],
  ])('%s and %s are of one house: %s', (one, other, expected) => {
    expect(isSameOrigin(one, other)).toBe(expected)
  })

  it('are kept as they were written', () => {
    for (const uri of [
      'https://E.test/A//b/?p=1#x',
      'https://brid.example/at://did:plc:x/y',
      'https://t.example/users/1/',
    ])
      expect(httpUri(uri)).toBe(uri)
    for (const text of [
      'https://u:p@e.test/',
      'https:///x',
      'tag:e.test,2020:1',
      'ap://did:key:z',
      ' https://e.test',
      7,
      null,
    ])
      expect(httpUri(text)).toBeNull()
  })
})

describe('dates', () => {
  it.each([
    ['2026-01-02T03:04:05Z', '2026-01-02T03:04:05.000Z'],
    ['2026-01-02T03:04:05.1234567Z', '2026-01-02T03:04:05.123Z'],
    ['2026-01-02T03:04:05+02:00', '2026-01-02T01:04:05.000Z'],
    ['2026-01-02T03:04:05', '2026-01-02T03:04:05.000Z'],
    ['2026-01-02', '2026-01-02T00:00:00.000Z'],
  ])('%s is %s', (text, iso) => {
    expect(dateOf(text)?.toISOString()).toBe(iso)
  })

  it.each(['', 'soon', '99999-01-01', '-000001-01-01T00:00:00Z', 7, null, 'x'.repeat(100)])(
    '%j is none',
    (text) => {
      expect(dateOf(text)).toBeNull()
    },
  )
})

describe('handles', () => {
  it.each([
    ['alice', { username: 'alice', domain: null }],
    ['@alice@E.test', { username: 'alice', domain: 'e.test' }],
    ['acct:a.b-c@e.test:8080', { username: 'a.b-c', domain: 'e.test:8080' }],
    ['alice@bücher.example', { username: 'alice', domain: 'xn--bcher-kva.example' }],
  ])('%s', (text, expected) => {
    expect(parseHandle(text)).toEqual(expected)
  })

  it.each([
    'e.test.',
    '.e.test',
    'e..test',
    'e_test',
    'e.test/x',
    'e.test:0',
    'e.test:1:2',
    'ｅ.test',
    'e。test',
    '',
    '-e.test',
  ])('SEC-ORG-05 %j is no domain', (text) => {
    expect(handleDomain(text)).toBeNull()
  })
})
