import type { Field } from './account.ts'
import type { FeaturedTag } from './featured-tag.ts'

/**
 * The own profile, as typed and as shown.
 *
 * @see https://docs.joinmastodon.org/entities/Profile/
 */
export interface Profile {
  id: string
  display_name: string
  note: string
  fields: Field[]
  formatted_note: string
  formatted_fields: Field[]
  /** Null while none was set; so are the other three. */
  avatar: string | null
  avatar_static: string | null
  avatar_description: string
  header: string | null
  header_static: string | null
  header_description: string
  locked: boolean
  bot: boolean
  hide_collections: boolean | null
  discoverable: boolean | null
  indexable: boolean
  show_media: boolean
  show_media_replies: boolean
  show_featured: boolean
  attribution_domains: string[]
  featured_tags: FeaturedTag[]
}
