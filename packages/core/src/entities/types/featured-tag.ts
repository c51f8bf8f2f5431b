/** @see https://docs.joinmastodon.org/entities/FeaturedTag/ */
export interface FeaturedTag {
  id: string
  name: string
  url: string
  /** A number as a string. */
  statuses_count: string
  /** A day. */
  last_status_at: string | null
}
