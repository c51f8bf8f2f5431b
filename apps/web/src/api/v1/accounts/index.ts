import type { Route } from '../../../http/route.ts'
import { listAccounts, showAccount } from '../accounts.ts'
import { block } from './block.ts'
import { accountCollections } from './collections.ts'
import { subscribeToAccount } from './email_subscriptions.ts'
import { endorse } from './endorse.ts'
import { endorsements } from './endorsements.ts'
import { familiarFollowers } from './familiar_followers.ts'
import { featuredTags } from './featured_tags.ts'
import { followAccount } from './follow.ts'
import { followers } from './followers.ts'
import { following } from './following.ts'
import { identityProofs } from './identity_proofs.ts'
import { inCollections } from './in_collections.ts'
import { lists } from './lists.ts'
import { lookup } from './lookup.ts'
import { mute } from './mute.ts'
import { note } from './note.ts'
import { pin } from './pin.ts'
import { listRelationships } from './relationships.ts'
import { removeFromFollowers } from './remove_from_followers.ts'
import { search } from './search.ts'
import { statuses } from './statuses.ts'
import { unblock } from './unblock.ts'
import { unendorse } from './unendorse.ts'
import { unfollow } from './unfollow.ts'
import { unmute } from './unmute.ts'
import { unpin } from './unpin.ts'
import { updateCredentials } from './update_credentials.ts'
import { verifyCredentials } from './verify_credentials.ts'

/** `/api/v1/accounts` and all below it. */
export const accountRoutes: readonly Route[] = [
  listAccounts,
  showAccount,
  block,
  accountCollections,
  subscribeToAccount,
  endorse,
  endorsements,
  familiarFollowers,
  featuredTags,
  followAccount,
  followers,
  following,
  identityProofs,
  inCollections,
  lists,
  lookup,
  mute,
  note,
  pin,
  listRelationships,
  removeFromFollowers,
  search,
  statuses,
  unblock,
  unendorse,
  unfollow,
  unmute,
  unpin,
  updateCredentials,
  verifyCredentials,
]
