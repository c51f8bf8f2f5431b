import type { Account } from './account.ts'

/**
 * An account worth following, and why.
 *
 * @see https://docs.joinmastodon.org/entities/Suggestion/
 */
export interface Suggestion {
  /** The first reason in the words of older clients; null for one they do not know. */
  source: 'staff' | 'global' | 'past_interactions' | null
  sources: string[]
  account: Account
}
