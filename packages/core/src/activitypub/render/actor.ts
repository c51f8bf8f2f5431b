import { type AccountRow, INSTANCE_ACTOR_ID } from '@anancus/db'
import {
  accountEmojiText,
  accountIn,
  type Graph,
  handleKey,
  profileFields,
  type ShownAccount,
} from '../../graph/index.ts'
import { profileImageKey } from '../../kernel/storage/keys.ts'
import { extractHashtags, extractMentions } from '../../kernel/text/extract.ts'
import { formatField, formatNote, type LinkedAccount } from '../../kernel/text/format-text.ts'
import { normalizeTagName } from '../../kernel/text/tag-name.ts'
import {
  accountUrl,
  actorPart,
  actorUri,
  assertionKeyId,
  featuredCollectionsUri,
  followersUri,
  fullAcct,
  keyId,
  sharedInboxUrl,
  type Uris,
} from '../../kernel/uris.ts'
import { ed25519KeyOf, multikeyOf } from '../signatures/ed25519.ts'
import { type Document, PUBLIC } from '../vocabulary.ts'
import { toUnix, toWireDay } from './dates.ts'
import { featurePolicyJson } from './feature-policy.ts'
import { emojiTags, hashtagJson } from './tags.ts'

/** Only the public half of the private key is shown, and what is derived from it. */
export type ActorKeys = Pick<AccountRow, 'public_key' | 'private_key'>

/**
 * A local account as an actor. A suspended one shows that and little else.
 *
 * @param keys the graph holds none
 * @see https://www.w3.org/TR/activitypub/#actor-objects
 * @see https://docs.joinmastodon.org/spec/activitypub/#profile
 */
export function actorJson(graph: Graph, uris: Uris, accountId: string, keys: ActorKeys): Document {
  const account = accountIn(graph, accountId)
  const part = (name: string) => actorPart(uris, account, name)
  const isSuspended = account.suspended_at !== null
  return {
    id: actorUri(uris, account),
    webfinger: fullAcct(uris, account),
    type: typeOf(account),
    following: part('following'),
    followers: followersUri(uris, account),
    inbox: part('inbox'),
    outbox: part('outbox'),
    featured: part('collections/featured'),
    featuredTags: part('collections/tags'),
    preferredUsername: account.username,
    name: (isSuspended ? '' : account.display_name) || account.username,
    summary: isSuspended ? '' : noteHtml(graph, uris, account.note),
    url: accountUrl(uris, account),
    manuallyApprovesFollowers: !isSuspended && account.locked,
    discoverable: !isSuspended && (account.discoverable ?? false),
    indexable: !isSuspended && account.indexable,
    published: toWireDay(account.created_at),
    memorial: account.memorial,
    showFeatured: account.show_featured,
    showMedia: account.show_media,
    showRepliesInMedia: account.show_media_replies,
    ...keysJson(uris, account, keys),
    tag: isSuspended ? [] : tagsJson(graph, uris, account),
    attachment: isSuspended ? [] : fieldsJson(graph, uris, account),
    endpoints: { sharedInbox: sharedInboxUrl(uris) },
    featuredCollections: featuredCollectionsUri(uris, account.id),
    ...(isSuspended
      ? { suspended: true }
      : {
          interactionPolicy: featurePolicyJson(uris, account),
          ...movesJson(graph, uris, account),
          ...imagesJson(graph, account),
        }),
  }
}

/** What the server can do beyond what everybody does (FEP-844e). */
const IMPLEMENTED = [
  { href: 'https://datatracker.ietf.org/doc/html/rfc9421', name: 'RFC-9421: HTTP Message Signatures' },
]

/** The actor that speaks for the server: it signs requests, and its document never needs a signature. */
export function instanceActorJson(uris: Uris, account: AccountRow): Document {
  const part = (name: string) => actorPart(uris, account, name)
  return {
    id: actorUri(uris, account),
    type: 'Application',
    inbox: part('inbox'),
    outbox: part('outbox'),
    preferredUsername: uris.localDomain,
    url: accountUrl(uris, account),
    manuallyApprovesFollowers: true,
    ...keysJson(uris, account, account),
    endpoints: { sharedInbox: sharedInboxUrl(uris) },
    implements: IMPLEMENTED,
  }
}

/** Tells everyone who knows an actor how it looks now. */
export function updateActorJson(graph: Graph, uris: Uris, accountId: string, keys: ActorKeys): Document {
  const actor = actorUri(uris, accountIn(graph, accountId))
  return {
    id: `${actor}#updates/${toUnix(graph.now)}`,
    type: 'Update',
    actor,
    to: [PUBLIC],
    object: actorJson(graph, uris, accountId, keys),
  }
}

function typeOf(account: ShownAccount): string {
  if (account.id === INSTANCE_ACTOR_ID) return 'Application'
  return account.actor_type === 'Service' || account.actor_type === 'Group' ? account.actor_type : 'Person'
}

/** The RSA key that signs requests, and the Ed25519 key that proves objects. */
function keysJson(uris: Uris, account: Pick<AccountRow, 'id'> & ShownAccount, keys: ActorKeys): Document {
  const owner = actorUri(uris, account)
  const publicKey = { id: keyId(uris, account), owner, publicKeyPem: keys.public_key }
  if (!keys.private_key) return { publicKey }
  const publicKeyMultibase = multikeyOf(ed25519KeyOf(keys.private_key))
  const id = assertionKeyId(uris, account)
  return { publicKey, assertionMethod: [{ id, type: 'Multikey', controller: owner, publicKeyMultibase }] }
}

function noteHtml(graph: Graph, uris: Uris, text: string): string {
  return formatNote(uris, text, { mentions: namedIn(graph, text) })
}

function fieldsJson(graph: Graph, uris: Uris, account: ShownAccount): Document[] {
  return profileFields(account).map((field) => ({
    type: 'PropertyValue',
    name: field.name,
    value: formatField(uris, field.value, { mentions: namedIn(graph, field.value) }),
  }))
}

function namedIn(graph: Graph, text: string): LinkedAccount[] {
  return extractMentions(text).flatMap(
    (handle) => graph.namedAccounts.get(handleKey(graph.uris, handle)) ?? [],
  )
}

function tagsJson(graph: Graph, uris: Uris, account: ShownAccount): Document[] {
  const hashtags = new Map(
    extractHashtags(`${account.display_name} ${account.note}`).map((name) => [normalizeTagName(name), name]),
  )
  return [
    ...emojiTags(graph, uris, accountEmojiText(account)),
    ...[...hashtags].map(([name, shown]) => hashtagJson(uris, name, shown)),
  ]
}

function movesJson(graph: Graph, uris: Uris, account: ShownAccount): Document {
  const target = account.moved_to_account_id === null ? null : graph.accounts.get(account.moved_to_account_id)
  return {
    ...(target ? { movedTo: actorUri(uris, target) } : {}),
    ...(account.also_known_as?.length ? { alsoKnownAs: account.also_known_as } : {}),
    ...(account.attribution_domains?.length ? { attributionDomains: account.attribution_domains } : {}),
  }
}

function imagesJson(graph: Graph, account: ShownAccount): Document {
  return {
    ...imageJson(graph, account, 'avatar', 'icon'),
    ...imageJson(graph, account, 'header', 'image'),
  }
}

function imageJson(
  graph: Graph,
  account: ShownAccount,
  kind: 'avatar' | 'header',
  member: 'icon' | 'image',
): Document {
  const key = profileImageKey(account, kind, 'original')
  if (key === null) return {}
  const description = account[`${kind}_description`]
  return {
    [member]: {
      type: 'Image',
      mediaType: account[`${kind}_content_type`] ?? 'image/png',
      url: graph.fileUrl(key),
      ...(description ? { summary: description } : {}),
    },
  }
}
