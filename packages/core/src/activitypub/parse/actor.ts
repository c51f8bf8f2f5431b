import { ACTOR_TYPES, type ActorType, type Document } from '../vocabulary.ts'
import { type EmojiDraft, emojisOf } from './emoji.ts'
import { featurePolicyIn } from './feature-policy.ts'
import { type ImageDraft, imageOf } from './image.ts'
import { type KeyDraft, keysOf } from './keys.ts'
import {
  dateOf,
  httpUri,
  idsOf,
  isDocument,
  isSameOrigin,
  listOf,
  naturalText,
  pageUrl,
  stringOf,
  textOf,
  typeAmong,
} from './values.ts'

const USERNAME = /^[a-z0-9_]+(?:[.-]+[a-z0-9_]+)*$/i
const MAX_NAME = 2048
const MAX_NOTE = 20_480
const MAX_FIELDS = 50
const MAX_READ = 500
const MAX_FIELD = 2047
const MAX_ALIASES = 256
const MAX_ATTRIBUTION_DOMAINS = 256
const HOST_NAME = /^[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?$/i

/** What an actor document says, checked for form but not for truth. */
export interface ActorDraft {
  uri: string
  type: ActorType
  username: string
  /** The handle the actor claims, `user@domain`, when it says one (FEP-2c59). */
  webfinger: string | null
  url: string
  inboxUrl: string
  outboxUrl: string
  sharedInboxUrl: string
  followersUrl: string
  followingUrl: string
  featuredUrl: string
  featuredTagsUrl: string
  featuredCollectionsUrl: string
  /** Who may put the actor into a collection, in the stored form; 0 when it does not say. */
  featurePolicy: number
  displayName: string
  note: string
  fields: { name: string; value: string }[]
  avatar: ImageDraft | null
  header: ImageDraft | null
  keys: KeyDraft[]
  emojis: EmojiDraft[]
  locked: boolean
  discoverable: boolean
  indexable: boolean
  memorial: boolean
  suspended: boolean
  /** Its public and its unlisted statuses are kept from people who are not signed in. */
  hidesPublic: boolean
  hidesUnlisted: boolean
  showFeatured: boolean | null
  showMedia: boolean | null
  showRepliesInMedia: boolean | null
  alsoKnownAs: string[]
  movedTo: string | null
  attributionDomains: string[]
  publishedAt: Date | null
}

/**
 * Reads an actor document. Values are read leniently and cut to their limits.
 *
 * @returns null when it is no actor we could know: another type, no usable id, inbox or name
 * @see https://www.w3.org/TR/activitypub/#actor-objects
 */
export function parseActor(document: Document): ActorDraft | null {
  const uri = httpUri(document.id)
  const type = typeAmong(document, ACTOR_TYPES)
  const username = usernameOf(document)
  const inboxUrl = httpUri(document.inbox)
  if (uri === null || type === null || username === null || inboxUrl === null) return null
  const page = pageUrl(document.url)
  const collections = collectionsOf(document, inboxUrl)
  return {
    uri,
    type,
    username,
    webfinger: webfingerOf(document),
    url: page !== null && isSameOrigin(page, uri) ? page : uri,
    ...collections,
    featurePolicy: featurePolicyIn(document, { uri, ...collections }),
    ...profileOf(document, username),
    ...flagsOf(document),
    keys: keysOf(document, uri),
    emojis: emojisOf(document.tag),
    alsoKnownAs: idsOf(document.alsoKnownAs, MAX_ALIASES).filter((alias) => httpUri(alias) !== null),
    movedTo: httpUri(document.movedTo),
    attributionDomains: listOf(document.attributionDomains, MAX_ATTRIBUTION_DOMAINS).filter(
      (domain) => typeof domain === 'string' && HOST_NAME.test(domain),
    ) as string[],
    publishedAt: dateOf(document.published),
  }
}

function usernameOf(document: Document): string | null {
  const name = stringOf(document.preferredUsername) ?? webfingerOf(document)?.split('@', 1)[0] ?? null
  return name !== null && name.length <= MAX_NAME && USERNAME.test(name) ? name : null
}

function webfingerOf(document: Document): string | null {
  const handle = stringOf(document.webfinger)?.replace(/^(acct:|@)/, '')
  if (handle === undefined || handle.length > MAX_NAME) return null
  const [username = '', domain, rest] = handle.split('@')
  return domain && rest === undefined && USERNAME.test(username) ? handle : null
}

function collectionsOf(document: Document, inboxUrl: string) {
  const endpoints = isDocument(document.endpoints) ? document.endpoints : {}
  return {
    inboxUrl,
    outboxUrl: httpUri(document.outbox) ?? '',
    sharedInboxUrl: httpUri(endpoints.sharedInbox) ?? httpUri(document.sharedInbox) ?? '',
    followersUrl: httpUri(document.followers) ?? '',
    followingUrl: httpUri(document.following) ?? '',
    featuredUrl: httpUri(document.featured) ?? '',
    featuredTagsUrl: httpUri(document.featuredTags) ?? '',
    featuredCollectionsUrl: httpUri(document.featuredCollections) ?? '',
  }
}

function profileOf(document: Document, username: string) {
  return {
    displayName: textOf(naturalText(document, 'name'), MAX_NAME) ?? username,
    note: textOf(naturalText(document, 'summary'), MAX_NOTE) ?? '',
    fields: fieldsOf(document.attachment),
    avatar: imageOf(document.icon),
    header: imageOf(document.image),
  }
}

function fieldsOf(attachment: unknown): { name: string; value: string }[] {
  return listOf(attachment, MAX_READ)
    .filter((item): item is Document => isDocument(item) && item.type === 'PropertyValue')
    .slice(0, MAX_FIELDS)
    .map((item) => ({
      name: textOf(item.name, MAX_FIELD) ?? '',
      value: textOf(item.value, MAX_FIELD) ?? '',
    }))
}

function flagsOf(document: Document) {
  const asksForSignIn = document._misskey_requireSigninToViewContents === true
  return {
    locked: document.manuallyApprovesFollowers === true,
    discoverable: document.discoverable === true,
    indexable: document.indexable === true,
    memorial: document.memorial === true,
    suspended: document.suspended === true,
    hidesPublic: asksForSignIn || document.hidesToPublicFromUnauthedWeb === true,
    hidesUnlisted: asksForSignIn || document.hidesCcPublicFromUnauthedWeb === true,
    showFeatured: flag(document.showFeatured),
    showMedia: flag(document.showMedia),
    showRepliesInMedia: flag(document.showRepliesInMedia),
  }
}

function flag(value: unknown): boolean | null {
  return typeof value === 'boolean' ? value : null
}

/** Where a document is about an actor at all. */
export function isActor(document: Document): boolean {
  return typeAmong(document, ACTOR_TYPES) !== null
}
