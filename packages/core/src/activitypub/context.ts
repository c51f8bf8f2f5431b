import { AS, type Document } from './vocabulary.ts'

const SECURITY = 'https://w3id.org/security/v1'
const WEBFINGER = 'https://purl.archive.org/socialweb/webfinger'
/** Keys whose terms a published context defines. */
const NAMED: Record<string, string> = { publicKey: SECURITY, webfinger: WEBFINGER }

type Term = string | Record<string, string>
type Terms = Record<string, Term>

const as = (name: string): Term => ({ '@id': `as:${name}`, '@type': '@id' })
const toot = (...names: string[]): Terms => ({
  toot: 'http://joinmastodon.org/ns#',
  ...Object.fromEntries(names.map((name) => [name, `toot:${name}`])),
})
const tootId = (name: string): Terms => ({ ...toot(), [name]: { '@id': `toot:${name}`, '@type': '@id' } })
const ostatus = (name: string): Terms => ({ ostatus: 'http://ostatus.org#', [name]: `ostatus:${name}` })
const gts = (...names: string[]): Terms => ({
  gts: 'https://gotosocial.org/ns#',
  ...Object.fromEntries(names.map((name) => [name, { '@id': `gts:${name}`, '@type': '@id' }])),
})
const fep044f = (name: string): Terms => ({ [name]: `https://w3id.org/fep/044f#${name}` })
const SECURITY_NS = 'https://w3id.org/security#'
const securityId = (name: string): Terms => ({ [name]: { '@id': SECURITY_NS + name, '@type': '@id' } })
const FEP_7AA9 = 'https://w3id.org/fep/7aa9#'
const fep7aa9 = (name: string): Terms => ({ [name]: FEP_7AA9 + name })
const fep7aa9Id = (name: string): Terms => ({ [name]: { '@id': FEP_7AA9 + name, '@type': '@id' } })
const fep044fId = (name: string): Terms => ({
  [name]: { '@id': `https://w3id.org/fep/044f#${name}`, '@type': '@id' },
})

/** What a key or a type brings into the context. */
const TERMS: Record<string, Terms> = {
  manuallyApprovesFollowers: { manuallyApprovesFollowers: 'as:manuallyApprovesFollowers' },
  sensitive: { sensitive: 'as:sensitive' },
  Hashtag: { Hashtag: 'as:Hashtag' },
  movedTo: { movedTo: as('movedTo') },
  alsoKnownAs: { alsoKnownAs: as('alsoKnownAs') },
  Emoji: toot('Emoji'),
  featured: tootId('featured'),
  featuredTags: tootId('featuredTags'),
  focalPoint: { ...toot(), focalPoint: { '@container': '@list', '@id': 'toot:focalPoint' } },
  blurhash: toot('blurhash'),
  discoverable: toot('discoverable'),
  indexable: toot('indexable'),
  memorial: toot('memorial'),
  votersCount: toot('votersCount'),
  suspended: toot('suspended'),
  attributionDomains: {
    ...toot(),
    attributionDomains: { '@container': '@set', '@id': 'toot:attributionDomains' },
  },
  showFeatured: toot('showFeatured'),
  showMedia: toot('showMedia'),
  showRepliesInMedia: toot('showRepliesInMedia'),
  PropertyValue: {
    schema: 'http://schema.org#',
    PropertyValue: 'schema:PropertyValue',
    value: 'schema:value',
  },
  atomUri: ostatus('atomUri'),
  inReplyToAtomUri: ostatus('inReplyToAtomUri'),
  conversation: ostatus('conversation'),
  QuoteRequest: fep044f('QuoteRequest'),
  QuoteAuthorization: fep044f('QuoteAuthorization'),
  quote: fep044fId('quote'),
  quoteAuthorization: fep044fId('quoteAuthorization'),
  quoteUrl: { quoteUrl: 'as:quoteUrl' },
  FeaturedCollection: fep7aa9('FeaturedCollection'),
  FeaturedItem: fep7aa9('FeaturedItem'),
  FeatureRequest: fep7aa9('FeatureRequest'),
  FeatureAuthorization: fep7aa9('FeatureAuthorization'),
  topic: fep7aa9Id('topic'),
  featuredObject: fep7aa9Id('featuredObject'),
  featureAuthorization: fep7aa9Id('featureAuthorization'),
  featuredCollections: fep7aa9Id('featuredCollections'),
  canFeature: fep7aa9Id('canFeature'),
  quoteUri: { quoteUri: 'http://fedibird.com/ns#quoteUri' },
  EmojiReact: { litepub: 'http://litepub.social/ns#', EmojiReact: 'litepub:EmojiReact' },
  _misskey_reaction: { _misskey_reaction: 'https://misskey-hub.net/ns#_misskey_reaction' },
  _misskey_quote: { _misskey_quote: 'https://misskey-hub.net/ns#_misskey_quote' },
  assertionMethod: securityId('assertionMethod'),
  Multikey: { Multikey: `${SECURITY_NS}Multikey` },
  controller: securityId('controller'),
  publicKeyMultibase: {
    publicKeyMultibase: { '@id': `${SECURITY_NS}publicKeyMultibase`, '@type': `${SECURITY_NS}multibase` },
  },
  interactionPolicy: gts('interactionPolicy'),
  canQuote: gts('canQuote'),
  approvedBy: gts('approvedBy'),
  implements: {
    implements: { '@id': 'https://w3id.org/fep/844e#implements', '@type': '@id', '@container': '@list' },
  },
  automaticApproval: gts('automaticApproval'),
  manualApproval: gts('manualApproval'),
  interactingObject: gts('interactingObject'),
  interactionTarget: gts('interactionTarget'),
}

/** Members whose keys are languages, not terms. */
const LANGUAGE_MAPS = new Set(['contentMap', 'nameMap', 'summaryMap'])

/** The document with a context that defines exactly the terms it uses, the ActivityStreams one first. */
export function withContext(document: Document): Document {
  const used = new Set<string>()
  collect(document, used)
  const named = new Set<string>()
  const terms: Terms = {}
  for (const name of used) {
    if (Object.hasOwn(NAMED, name)) named.add(NAMED[name] as string)
    if (Object.hasOwn(TERMS, name)) Object.assign(terms, TERMS[name])
  }
  const context: unknown[] = [AS, ...named]
  if (Object.keys(terms).length > 0) context.push(terms)
  return { '@context': context.length === 1 ? AS : context, ...document }
}

/** The context of all terms we know: what a document is read in that was written in another. */
export function fullContext(): unknown[] {
  const terms: Terms = Object.assign({}, ...Object.values(TERMS))
  return [AS, ...new Set(Object.values(NAMED)), terms]
}

function collect(value: unknown, used: Set<string>): void {
  if (Array.isArray(value)) for (const item of value) collect(item, used)
  else if (typeof value === 'object' && value !== null) {
    for (const [key, member] of Object.entries(value)) {
      used.add(key)
      if (key === 'type' && typeof member === 'string') used.add(member)
      else if (!LANGUAGE_MAPS.has(key)) collect(member, used)
    }
  }
}
