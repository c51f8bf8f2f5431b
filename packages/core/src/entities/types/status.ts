import type { Account, ApprovalAudience } from './account.ts'
import type { Reaction } from './announcement.ts'
import type { Collection } from './collection.ts'
import type { CustomEmoji } from './custom-emoji.ts'
import type { FilterResult } from './filter.ts'
import type { MediaAttachment } from './media-attachment.ts'
import type { Poll } from './poll.ts'
import type { PreviewCard } from './preview-card.ts'

export type Visibility = 'public' | 'unlisted' | 'private' | 'direct'

export interface StatusMention {
  id: string
  username: string
  url: string
  acct: string
}

/** `name` is normalised: lower case, folded to ASCII. */
export interface StatusTag {
  name: string
  url: string
}

/** @see https://docs.joinmastodon.org/entities/QuoteApproval/ */
export interface QuoteApproval {
  automatic: ApprovalAudience[]
  manual: ApprovalAudience[]
  current_user: 'automatic' | 'manual' | 'denied' | 'unknown'
}

export type QuoteState =
  | 'pending'
  | 'accepted'
  | 'rejected'
  | 'revoked'
  | 'deleted'
  | 'unauthorized'
  | 'blocked_account'
  | 'blocked_domain'
  | 'muted_account'

/** @see https://docs.joinmastodon.org/entities/Quote/ */
export interface Quote {
  state: QuoteState
  quoted_status: Status | null
}

/** A quote inside a quoted status: one level only. */
export interface ShallowQuote {
  state: QuoteState
  quoted_status_id: string | null
}

/**
 * A post, or the wrapper of a reblog.
 *
 * @see https://docs.joinmastodon.org/entities/Status/
 */
export interface Status {
  id: string
  created_at: string
  in_reply_to_id: string | null
  in_reply_to_account_id: string | null
  sensitive: boolean
  spoiler_text: string
  visibility: Visibility
  language: string | null
  uri: string
  url: string | null
  replies_count: number
  reblogs_count: number
  favourites_count: number
  quotes_count: number
  edited_at: string | null
  /** Missing in the answer of DELETE, which has `text` instead. */
  content?: string
  text?: string
  reblog: Status | null
  /** Absent on remote statuses and where the author hides it. */
  application?: { name: string; website: string | null } | null
  account: Account
  media_attachments: MediaAttachment[]
  mentions: StatusMention[]
  tags: StatusTag[]
  emojis: CustomEmoji[]
  tagged_collections: Collection[]
  quote: Quote | ShallowQuote | null
  quote_approval: QuoteApproval
  card: PreviewCard | null
  poll: Poll | null
  /** What others react with; for apps that know only favourites each of them has one. Of a reblog those are in it. */
  reactions: Reaction[]
  /** These five only for a viewer. */
  favourited?: boolean
  reblogged?: boolean
  muted?: boolean
  bookmarked?: boolean
  filtered?: FilterResult[]
  /** Own statuses that may be pinned only. */
  pinned?: boolean
}

/** @see https://docs.joinmastodon.org/entities/StatusEdit/ */
export interface StatusEdit {
  account: Account
  content: string
  spoiler_text: string
  sensitive: boolean
  created_at: string
  media_attachments: MediaAttachment[]
  emojis: CustomEmoji[]
  poll?: { options: { title: string }[] }
  quote?: Quote
}

/** @see https://docs.joinmastodon.org/entities/StatusSource/ */
export interface StatusSource {
  id: string
  text: string
  spoiler_text: string
}

/** @see https://docs.joinmastodon.org/entities/Context/ */
export interface Context {
  ancestors: Status[]
  descendants: Status[]
}
