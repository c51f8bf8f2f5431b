/** Enumerations that Mastodon stores as integers; the numbers are the same here so that a database moves over. */

export const VISIBILITIES = ['public', 'unlisted', 'private', 'direct', 'limited'] as const
export type StoredVisibility = (typeof VISIBILITIES)[number]

export const MEDIA_TYPES = ['image', 'gifv', 'video', 'unknown', 'audio'] as const
export type StoredMediaType = (typeof MEDIA_TYPES)[number]

export const PROCESSING_STATES = ['queued', 'in_progress', 'complete', 'failed'] as const
export type ProcessingState = (typeof PROCESSING_STATES)[number]

export const DOMAIN_BLOCK_SEVERITIES = ['silence', 'suspend', 'noop'] as const
export type DomainBlockSeverity = (typeof DOMAIN_BLOCK_SEVERITIES)[number]

export const FILTER_ACTIONS = ['warn', 'hide', 'blur'] as const
export type StoredFilterAction = (typeof FILTER_ACTIONS)[number]

/** Whose replies a list shows: to its members, to anybody its owner follows, none. */
export const REPLIES_POLICIES = ['list', 'followed', 'none'] as const
export type StoredRepliesPolicy = (typeof REPLIES_POLICIES)[number]

/** Where the consent of an account to be in a collection stands. */
export const COLLECTION_ITEM_STATES = ['pending', 'accepted', 'rejected', 'revoked'] as const
export type CollectionItemState = (typeof COLLECTION_ITEM_STATES)[number]

/** The two schemes of actor URIs: `/users/:username` and `/ap/users/:id`. An actor keeps its own for ever. */
export const ID_SCHEMES = ['username', 'numeric'] as const
export type IdScheme = (typeof ID_SCHEMES)[number]

/** Why somebody was reported. */
export const REPORT_CATEGORIES = { other: 0, spam: 1000, legal: 1500, violation: 2000 } as const
export type ReportCategory = keyof typeof REPORT_CATEGORIES

/** What moderators did to an account, from the mildest on. */
export const WARNING_ACTIONS = {
  none: 0,
  disable: 1000,
  mark_statuses_as_sensitive: 1250,
  delete_statuses: 1500,
  sensitive: 2000,
  silence: 3000,
  suspend: 4000,
} as const
export type WarningAction = keyof typeof WARNING_ACTIONS

/** Who suspended an account: we, or its own server. */
export const SUSPENSION_ORIGINS = { local: 0, remote: 1 } as const

/** The row of the instance actor in `accounts`, and of the role everyone has in `user_roles`. */
export const INSTANCE_ACTOR_ID = '-99'
export const EVERYONE_ROLE_ID = '-99'

/** The integer stored for a name. */
export function stored<Name extends string>(names: readonly Name[], name: Name): number {
  return names.indexOf(name)
}

/** The name of a stored integer; an unknown one is a bug or a newer schema. */
export function named<Name extends string>(names: readonly Name[], value: number): Name {
  const name = names[value]
  if (name === undefined) throw new RangeError(`${value} is not one of ${names.join(', ')}`)
  return name
}

/** The name of a number that a table of names and numbers holds. */
export function nameOf<Name extends string>(numbers: Readonly<Record<Name, number>>, value: number): Name {
  const name = (Object.keys(numbers) as Name[]).find((key) => numbers[key] === value)
  if (name === undefined) throw new RangeError(`${value} is none of ${Object.values(numbers).join(', ')}`)
  return name
}
