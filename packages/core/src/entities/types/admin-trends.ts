import type { Status } from './status.ts'
import type { Tag } from './tag.ts'
import type { TrendsLink } from './trends-link.ts'

/** @see https://docs.joinmastodon.org/entities/Tag/#admin */
export interface AdminTag extends Tag {
  trendable: boolean
  usable: boolean
  requires_review: boolean
  listable: boolean
}

/** A link that trends, to those who decide about it. Its id is a number, as Mastodon has it. */
export interface AdminTrendsLink extends TrendsLink {
  id: number
  requires_review: boolean
}

/** A status that trends, to those who decide about it. */
export interface AdminTrendsStatus extends Status {
  requires_review: boolean
}

/** A publisher whose links may trend, or not. Its id is a number, as Mastodon has it. */
export interface PreviewCardProvider {
  id: number
  domain: string
  trendable: boolean | null
  reviewed_at: string | null
  requested_review_at: string | null
  requires_review: boolean
}

/** What the lists of moderators hold for somebody who is none: what everybody is shown. */
export type ListedTag = AdminTag | Tag
export type ListedTrendsLink = AdminTrendsLink | TrendsLink
export type ListedTrendsStatus = AdminTrendsStatus | Status
