export * from './answer-request.ts'
export { addListedItem, collectionOf, removeListedItem, removeRemoteCollection } from './change-remote.ts'
export { addCollectionItem, removeCollectionItem } from './change-items.ts'
export { cleanUpCollections } from './clean-up-items.ts'
export { createCollection } from './create-collection.ts'
export { deleteCollection, editCollection } from './edit-collection.ts'
export {
  fetchCollections,
  knownCollection,
  knownCollections,
  localCollectionByUri,
  resolveCollection,
} from './fetch-collections.ts'
export {
  collectionsOwnedBy,
  getCollection,
  listCollections,
  listCollectionsFeaturing,
  type OffsetPage,
} from './reads.ts'
export { revokeCollectionItem } from './revoke-item.ts'
export { separateAccounts } from './separate-accounts.ts'
export { storeRemoteCollection } from './store-remote-collection.ts'
export type { CollectionChange } from './validate-collection.ts'
export { verifyCollectionItem } from './verify-item.ts'
