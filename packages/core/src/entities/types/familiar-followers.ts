import type { Account } from './account.ts'

/** @see https://docs.joinmastodon.org/entities/FamiliarFollowers/ */
export interface FamiliarFollowers {
  id: string
  accounts: Account[]
}
