import type { Random } from './random.ts'

export type Json = Record<string, unknown>

/** What a mutation may take from: other documents, and addresses that exist. */
export interface Pantry {
  documents: readonly Json[]
  addresses: readonly string[]
}

const PUBLIC = 'https://www.w3.org/ns/activitystreams#Public'
const TYPES =
  'Accept Add Announce Block Create Delete Dislike EmojiReact FeatureRequest Flag Follow Like Move QuoteRequest Reject Remove Undo Update View Note Question Article Page Video Audio Image Event Person Group Service Application Tombstone Collection OrderedCollection CollectionPage Link Mention Hashtag Emoji'.split(
    ' ',
  )
const NAMES =
  'id type actor object target instrument to cc bto bcc audience attributedTo inReplyTo content contentMap summary name url published updated endTime closed oneOf anyOf votersCount replies tag attachment icon image mediaType href rel sensitive quote quoteUrl quoteUri _misskey_quote interactionPolicy publicKey signature proof @context preferredUsername inbox outbox followers endpoints items orderedItems first next totalItems movedTo alsoKnownAs'.split(
    ' ',
  )

/** Values that have made some program stumble. */
const ODD: readonly unknown[] = [
  null,
  true,
  false,
  0,
  -1,
  1e308,
  -1e308,
  2 ** 53 + 2,
  1.5,
  '',
  ' ',
  '\u0000',
  'a\u0000b',
  '\ud800',
  '\u202e',
  'x'.repeat(70_000),
  '<script>alert(1)</script>',
  '<'.repeat(5_000),
  '&#x110000;',
  'javascript:alert(1)',
  'https://',
  'https://[::1',
  'https://127.0.0.1/',
  'https://user:password@h0.example/',
  'https://h0.example:99999/',
  'https://xn--/',
  `https://h0.example/${'a'.repeat(5_000)}`,
  'acct:alice@social.test',
  'did:key:z6Mk',
  '2026-13-45T99:99:99Z',
  '0000-00-00T00:00:00Z',
  '+275760-09-13T00:00:01Z',
  '-000001-01-01T00:00:00Z',
  PUBLIC,
  'as:Public',
  [],
  {},
  [[]],
  [null],
  [{}],
  { id: null },
  { id: [] },
  { type: [] },
  { __proto__: null },
  { constructor: { prototype: {} } },
]

type Mutation = (document: Json, random: Random, pantry: Pantry) => void

/** A place in a document: something that has members, and the name of one. */
interface Place {
  holder: Json
  name: string
}

/**
 * Changes a copy of a document in ways that keep it like one: members vanish, double, move, change type, become odd, or
 * are taken from other documents. `JSON.stringify` can write the result.
 */
export function mutated(document: Json, random: Random, pantry: Pantry): Json {
  const copy = structuredClone(document)
  const times = 1 + random.below(5)
  for (let n = 0; n < times; n++) random.pick(MUTATIONS)(copy, random, pantry)
  return copy
}

const MUTATIONS: readonly Mutation[] = [
  (document, random) => change(document, random, ({ holder, name }) => void delete holder[name]),
  (document, random) => change(document, random, (place) => set(place, random.pick(ODD))),
  (document, random) => change(document, random, (place) => set(place, [valueOf(place), valueOf(place)])),
  (document, random) => change(document, random, (place) => set(place, [valueOf(place)])),
  (document, random) =>
    change(document, random, (place) => set(place, { id: valueOf(place), type: random.pick(TYPES) })),
  (document, random) => change(document, random, (place) => set(place, idOrWhole(valueOf(place)))),
  (document, random) => change(document, random, (place) => set(place, String(valueOf(place)))),
  (document, random) =>
    change(document, random, ({ holder, name }) => {
      holder[random.pick(NAMES)] = holder[name]
    }),
  (document, random) => {
    document.type = random.pick(TYPES)
  },
  (document, random) => change(document, random, ({ holder }) => void (holder.type = random.pick(TYPES))),
  (document, random, pantry) =>
    change(document, random, (place) => set(place, random.pick(pantry.addresses))),
  (document, random, pantry) =>
    change(document, random, ({ holder }) => {
      holder[random.pick(NAMES)] = random.pick(pantry.addresses)
    }),
  (document, random, pantry) =>
    change(document, random, (place) => set(place, structuredClone(random.pick(pantry.documents)))),
  (document, random, pantry) => {
    const other = structuredClone(random.pick(pantry.documents))
    const name = random.pick(Object.keys(other))
    document[name] = other[name]
  },
  (document, random) => change(document, random, (place) => set(place, nested(random, valueOf(place)))),
  (document, random) => change(document, random, (place) => set(place, many(random, valueOf(place)))),
  (document, random) => change(document, random, (place) => set(place, spoiltText(random, valueOf(place)))),
]

function change(document: Json, random: Random, how: (place: Place) => void): void {
  const places = placesIn(document, [])
  if (places.length > 0) how(random.pick(places))
}

function placesIn(value: unknown, found: Place[]): Place[] {
  if (typeof value !== 'object' || value === null || found.length > 2_000) return found
  for (const name of Object.keys(value)) {
    found.push({ holder: value as Json, name })
    placesIn((value as Json)[name], found)
  }
  return found
}

const valueOf = ({ holder, name }: Place): unknown => structuredClone(holder[name])

function set({ holder, name }: Place, value: unknown): void {
  holder[name] = structuredClone(value)
}

function idOrWhole(value: unknown): unknown {
  return typeof value === 'object' && value !== null && 'id' in value ? value.id : { id: value }
}

function nested(random: Random, value: unknown): unknown {
  const isList = random.chance(0.5)
  let result = value
  for (let depth = random.below(12); depth > 0; depth--) result = isList ? [result] : { object: result }
  return result
}

function many(random: Random, value: unknown): unknown[] {
  const small = typeof value === 'object' ? String(JSON.stringify(value)).slice(0, 50) : value
  return Array.from({ length: random.below(400) }, () => small)
}

function spoiltText(random: Random, value: unknown): string {
  const text =
    typeof value === 'string' ? value.slice(0, 10_000) : JSON.stringify(value ?? null).slice(0, 10_000)
  const at = random.below(text.length + 1)
  const spoilt = random.pick([
    '\u0000',
    '\ud83d',
    '\udc00',
    '\u202e',
    '%00',
    '<',
    '"',
    '://',
    '@',
    '\n',
    '𐀀',
    '\\',
  ])
  return text.slice(0, at) + spoilt + text.slice(at + random.below(3))
}

/** The text of a document, sometimes no longer one: cut, with bytes changed, members twice, too deep. */
export function spoiltBody(text: string, random: Random): Buffer {
  const bytes = Buffer.from(text)
  switch (random.below(7)) {
    case 0:
      return bytes.subarray(0, random.below(bytes.length))
    case 1:
      for (let n = 1 + random.below(8); n > 0; n--) bytes[random.below(bytes.length)] = random.below(256)
      return bytes
    case 2:
      return Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), bytes])
    case 3:
      return Buffer.from(text.replace('{', `{"type":"Delete","actor":["x"],`))
    case 4:
      return Buffer.from('[{"a":'.repeat(random.below(20_000)))
    case 5:
      return Buffer.from(text.replaceAll(/"[^"]{1,20}"/g, (word) => (random.chance(0.1) ? '1e999' : word)))
    default:
      return Buffer.concat([bytes, bytes.subarray(random.below(bytes.length))])
  }
}
