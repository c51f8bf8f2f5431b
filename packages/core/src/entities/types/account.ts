import type { CustomEmoji } from './custom-emoji.ts'

/** `verified_at` ends in `+00:00`, not `Z`: so Mastodon writes it here. */
export interface Field {
  name: string
  value: string
  verified_at: string | null
}

export interface AccountRole {
  id: string
  name: string
  color: string
}

export type ApprovalAudience = 'public' | 'followers' | 'following' | 'unsupported_policy' | 'disabled'

/** Who may put an account into a collection (Mastodon 4.6). */
export interface FeatureApproval {
  automatic: ApprovalAudience[]
  manual: ApprovalAudience[]
  current_user: 'automatic' | 'manual' | 'denied' | 'unknown' | 'missing'
}

/**
 * A profile, local or remote.
 *
 * @see https://docs.joinmastodon.org/entities/Account/
 */
export interface Account {
  id: string
  username: string
  acct: string
  display_name: string
  locked: boolean
  bot: boolean
  discoverable: boolean | null
  indexable: boolean
  group: boolean
  /** Cut to midnight UTC. */
  created_at: string
  note: string
  url: string
  uri: string
  avatar: string
  avatar_static: string
  avatar_description: string
  header: string
  header_static: string
  header_description: string
  followers_count: number
  following_count: number
  statuses_count: number
  last_status_at: string | null
  hide_collections: boolean | null
  show_media: boolean
  show_media_replies: boolean
  show_featured: boolean
  /** Where the server has posts by mail: whether this account offers it. */
  email_subscriptions?: boolean
  emojis: CustomEmoji[]
  fields: Field[]
  feature_approval: FeatureApproval
  /** Only when the account has moved; the nested account has none. */
  moved?: Account | null
  suspended?: true
  limited?: true
  memorial?: true
  /** Local accounts only. */
  noindex?: boolean
  /** Local accounts only: the highlighted role, or none. */
  roles?: AccountRole[]
}

/** @see https://docs.joinmastodon.org/entities/Role/ */
export interface Role {
  id: string
  name: string
  /** Decimal bit mask. */
  permissions: string
  color: string
  highlighted: boolean
  collection_limit: number
}

/** @see https://docs.joinmastodon.org/entities/Account/#CredentialAccount */
export interface CredentialAccount extends Account {
  source: {
    privacy: 'public' | 'unlisted' | 'private'
    sensitive: boolean
    language: string | null
    note: string
    fields: Field[]
    follow_requests_count: number
    hide_collections: boolean | null
    discoverable: boolean | null
    indexable: boolean
    attribution_domains: string[]
    quote_policy: 'public' | 'followers' | 'nobody'
  }
  role: Role
}

/** @see https://docs.joinmastodon.org/entities/Account/#MutedAccount */
export interface MutedAccount extends Account {
  mute_expires_at: string | null
}

/** @see https://docs.joinmastodon.org/entities/Relationship/ */
export interface Relationship {
  id: string
  following: boolean
  showing_reblogs: boolean
  notifying: boolean
  languages: string[] | null
  followed_by: boolean
  blocking: boolean
  blocked_by: boolean
  muting: boolean
  muting_notifications: boolean
  /** Without milliseconds. */
  muting_expires_at: string | null
  requested: boolean
  requested_by: boolean
  domain_blocking: boolean
  endorsed: boolean
  note: string
}
