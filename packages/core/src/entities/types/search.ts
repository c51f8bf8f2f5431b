import type { Account } from './account.ts'
import type { Collection } from './collection.ts'
import type { Status } from './status.ts'
import type { Tag } from './tag.ts'

/** @see https://docs.joinmastodon.org/entities/Search/ */
export interface Search {
  accounts: Account[]
  statuses: Status[]
  hashtags: Tag[]
  collections: Collection[]
}
