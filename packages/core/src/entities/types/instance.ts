import type { Account } from './account.ts'

/** @see https://docs.joinmastodon.org/entities/Rule/ */
export interface Rule {
  id: string
  text: string
  hint: string
  translations: Record<string, { text: string; hint: string }>
}

export type FeedAccess = 'public' | 'authenticated' | 'disabled'

/** @see https://docs.joinmastodon.org/entities/Instance/ */
export interface Instance {
  domain: string
  title: string
  version: string
  source_url: string
  description: string
  usage: { users: { active_month: number } }
  thumbnail: {
    url: string
    blurhash?: string | null
    versions?: { '@1x': string; '@2x': string }
    description: string
  }
  icon: { src: string; size: string }[]
  languages: string[]
  configuration: {
    urls: {
      streaming: string
      status: string | null
      about: string
      privacy_policy: string
      terms_of_service: string | null
    }
    vapid: { public_key: string }
    accounts: {
      max_display_name_length: number
      max_note_length: number
      max_avatar_description_length: number
      max_header_description_length: number
      max_featured_tags: number
      max_pinned_statuses: number
      max_profile_fields: number
      profile_field_name_limit: number
      profile_field_value_limit: number
    }
    statuses: { max_characters: number; max_media_attachments: number; characters_reserved_per_url: number }
    media_attachments: {
      description_limit: number
      image_matrix_limit: number
      image_size_limit: number
      supported_mime_types: string[]
      video_frame_rate_limit: number
      video_matrix_limit: number
      video_size_limit: number
    }
    polls: {
      max_options: number
      max_characters_per_option: number
      min_expiration: number
      max_expiration: number
    }
    /** Not of Mastodon: tells apps that know reactions how many different ones one may give to a post. */
    reactions: { max_reactions: number }
    translation: { enabled: boolean }
    timelines_access: Record<
      'live_feeds' | 'hashtag_feeds' | 'trending_link_feeds',
      { local: FeedAccess; remote: FeedAccess }
    >
    limited_federation: boolean
  }
  registrations: {
    enabled: boolean
    approval_required: boolean
    reason_required: boolean
    message: string | null
    min_age: number | null
    url: string | null
  }
  api_versions: { mastodon: number }
  wrapstodon: number | null
  contact: { email: string; account: Account | null }
  rules: Rule[]
}

/** @see https://docs.joinmastodon.org/entities/V1_Instance/ */
export interface V1Instance {
  uri: string
  title: string
  short_description: string
  description: string
  email: string
  version: string
  urls: { streaming_api: string }
  stats: { user_count: number; status_count: number; domain_count: number }
  thumbnail: string
  languages: string[]
  registrations: boolean
  approval_required: boolean
  invites_enabled: boolean
  configuration: {
    accounts: { max_featured_tags: number }
    statuses: Instance['configuration']['statuses']
    media_attachments: Omit<Instance['configuration']['media_attachments'], 'description_limit'>
    polls: Instance['configuration']['polls']
    reactions: Instance['configuration']['reactions']
  }
  contact_account: Account | null
  rules: Rule[]
}
