export { fetchActor, type ConfirmedActor } from './confirm-actor.ts'
export { endorseAccount, unendorseAccount } from './endorse-account.ts'
export { featureTag, featureTagByName, unfeatureTag, unfeatureTagByName } from './feature-tag.ts'
export { featureRemoteTag, setFeaturedTags, unfeatureRemoteTag } from './feature-remote-tag.ts'
export { type FetchBudget, fetchBudget, spend } from './fetch-budget.ts'
export { isOwnUri, localAccountByUri } from './local-account.ts'
export { listFeaturedTags, suggestFeaturedTags } from './read-featured-tags.ts'
export { listMemberships } from './read-lists.ts'
export { findAccounts, getAccount, getAccounts, listEndorsements, lookupAccount } from './reads.ts'
export { readDirectory } from './read-directory.ts'
export { recountAccounts } from './recount-accounts.ts'
export { refreshAccount } from './refresh-account.ts'
export { removeProfileImage } from './remove-profile-image.ts'
export { isStale, resolveAccount, resolveAccountByUri } from './resolve-account.ts'
export { knownKey, type ResolvedKey, resolveKey } from './resolve-key.ts'
export { type ResolveOptions, timeLeft } from './resolve-options.ts'
export { type AccountSearch, searchAccounts } from './search-accounts.ts'
export { storePushedProfile, storeRemoteAccount } from './store-remote-account.ts'
export { announceProfile, type ProfilePatch, updateCredentials, updateProfile } from './update-profile.ts'
export { writeNote } from './write-note.ts'
export { wasRefreshedLately } from './key-memory.ts'
export { readAsker } from './read-asker.ts'
export { ownerOfFittingKey, signerOfClaim } from './signer-of.ts'
export {
  dismissSuggestion,
  listSuggestions,
  refreshRecommendations,
  type SuggestedAccount,
} from './suggestions.ts'
