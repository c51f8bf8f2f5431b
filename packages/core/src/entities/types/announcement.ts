import type { CustomEmoji } from './custom-emoji.ts'
import type { Status, StatusMention, StatusTag } from './status.ts'

/** @see https://docs.joinmastodon.org/entities/Announcement/ */
export interface Announcement {
  id: string
  content: string
  starts_at: string | null
  ends_at: string | null
  all_day: boolean
  published_at: string
  updated_at: string
  /** For a signed-in reader. */
  read?: boolean
  mentions: StatusMention[]
  statuses: Status[]
  tags: StatusTag[]
  emojis: CustomEmoji[]
  reactions: Reaction[]
}

/** @see https://docs.joinmastodon.org/entities/Reaction/ */
export interface Reaction {
  name: string
  count: number
  /** For a signed-in reader. */
  me?: boolean
  /** Of a custom emoji. */
  url?: string
  static_url?: string
}
