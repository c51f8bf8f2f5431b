/** Words of ActivityStreams and of what fediverse servers added to it. They stay at the wire. */

export const AS = 'https://www.w3.org/ns/activitystreams'
export const PUBLIC = `${AS}#Public`
export const ACTIVITY_JSON = 'application/activity+json'
export const LD_JSON = `application/ld+json; profile="${AS}"`

/** A JSON-LD object as a plain one; nothing about its members is known. */
export type Document = Record<string, unknown>

/** @see https://www.w3.org/TR/activitystreams-vocabulary/#actor-types */
export const ACTOR_TYPES = ['Application', 'Group', 'Organization', 'Person', 'Service'] as const
export type ActorType = (typeof ACTOR_TYPES)[number]

/** What Pleroma, and Lemmy before, send from person to person. */
export const LETTER_TYPE = 'ChatMessage'
/** Shown as they are. */
export const STATUS_TYPES = ['Note', 'Question', LETTER_TYPE] as const
/** Shown as a title, a summary and a link, as Mastodon does. */
export const CONVERTED_TYPES = ['Image', 'Audio', 'Video', 'Article', 'Page', 'Event'] as const
export type StatusType = (typeof STATUS_TYPES)[number] | (typeof CONVERTED_TYPES)[number]

export const COLLECTION_TYPES = ['Collection', 'CollectionPage'] as const
export const ORDERED_COLLECTION_TYPES = ['OrderedCollection', 'OrderedCollectionPage'] as const

/** The ways servers spell "everybody". */
export const PUBLIC_SPELLINGS: ReadonlySet<string> = new Set([PUBLIC, 'as:Public', 'Public'])

/** Longest id we store or fetch, in characters. */
export const MAX_URI_LENGTH = 2048
