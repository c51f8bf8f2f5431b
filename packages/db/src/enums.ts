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

/** The two schemes of actor URIs: `/users/:username` and `/ap/users/:id`. An actor keeps its own for ever. */
export const ID_SCHEMES = ['username', 'numeric'] as const
export type IdScheme = (typeof ID_SCHEMES)[number]

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
