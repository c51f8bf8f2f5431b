export * from './distribute-removal.ts'
export * from './distribute-status.ts'
export { type DraftOptions, languageFor, quotePolicyFor, type StatusParams } from './draft-status.ts'
export * from './edit-status.ts'
export * from './end-poll.ts'
export * from './errors.ts'
export * from './get-poll.ts'
export * from './limits.ts'
export * from './own-scheduled.ts'
export * from './pin-status.ts'
export type { PollParams } from './poll-draft.ts'
export * from './publish-once.ts'
export * from './publish-scheduled.ts'
export * from './proxied-media.ts'
export { publishStatus } from './publish-status.ts'
export * from './read-context.ts'
export * from './reads.ts'
export * from './remove-status.ts'
export * from './send-poll-update.ts'
export { accountsAmong } from './find-addressed.ts'
export { localStatusByUri } from './local-status.ts'
export { remoteVisibility } from './remote-visibility.ts'
export {
  type Resolved,
  type ResolveStatusOptions,
  resolveStatusByUri,
  resolveUrl,
  witnessFor,
} from './resolve-status.ts'
export { resolveThread } from './resolve-thread.ts'
export { type StoreOptions, storeRemoteStatus } from './store-remote-status.ts'
export { updateRemoteStatus } from './update-remote-status.ts'
export { purgeDeletedStatuses } from './purge-deleted-statuses.ts'
