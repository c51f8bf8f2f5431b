import type { CustomEmoji } from './custom-emoji.ts'

/** @see https://docs.joinmastodon.org/entities/Poll/ */
export interface Poll {
  id: string
  expires_at: string | null
  expired: boolean
  multiple: boolean
  votes_count: number
  voters_count: number | null
  options: { title: string; votes_count: number | null }[]
  emojis: CustomEmoji[]
  voted?: boolean
  own_votes?: number[]
}
