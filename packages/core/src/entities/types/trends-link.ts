import type { PreviewCard } from './preview-card.ts'

/**
 * A link that many share.
 *
 * @see https://docs.joinmastodon.org/entities/PreviewCard/#trends-link
 */
export interface TrendsLink extends PreviewCard {
  /** Seven days, newest first; numbers as strings, `day` in unix seconds. */
  history: { day: string; accounts: string; uses: string }[]
}
