/** Films and sounds, taken where ffmpeg is installed. */
export const FILM_TYPES = [
  'video/webm',
  'video/mp4',
  'video/quicktime',
  'video/ogg',
  'audio/wave',
  'audio/wav',
  'audio/x-wav',
  'audio/x-pn-wave',
  'audio/vnd.wave',
  'audio/ogg',
  'audio/vorbis',
  'audio/mpeg',
  'audio/mp3',
  'audio/webm',
  'audio/flac',
  'audio/aac',
  'audio/m4a',
  'audio/x-m4a',
  'audio/mp4',
  'audio/3gpp',
  'video/x-ms-asf',
] as const

/** What the instance document says of limits that other rooms hold; a test compares them. */
export const CONFIGURATION_LIMITS = {
  accounts: {
    max_display_name_length: 40,
    max_note_length: 500,
    max_avatar_description_length: 150,
    max_header_description_length: 150,
    max_featured_tags: 10,
    max_pinned_statuses: 5,
    max_profile_fields: 4,
    profile_field_name_limit: 255,
    profile_field_value_limit: 255,
  },
  statuses: { max_characters: 500, max_media_attachments: 4, characters_reserved_per_url: 23 },
  media_attachments: {
    description_limit: 10_000,
    image_matrix_limit: 33_177_600,
    image_size_limit: 16_777_216,
    supported_mime_types: ['image/jpeg', 'image/png', 'image/gif', 'image/webp', 'image/avif'],
    video_frame_rate_limit: 120,
    video_matrix_limit: 8_294_400,
    video_size_limit: 103_809_024,
  },
  polls: {
    max_options: 4,
    max_characters_per_option: 50,
    min_expiration: 300,
    max_expiration: 2_629_746,
  },
  reactions: { max_reactions: 8 },
} as const

/** As telephones take them. */
export const HEIF_TYPES = ['image/heic', 'image/heif'] as const

export const ICON_SIZES = [36, 48, 72, 96, 144, 192, 256, 384, 512] as const
export const WEEKS_OF_ACTIVITY = 12
export const API_VERSION = 11
/** Different reactions to one announcement. */
export const MAX_REACTIONS = 8
/** Reactions of that long are told together. */
export const REACTION_DELAY_MS = 500
