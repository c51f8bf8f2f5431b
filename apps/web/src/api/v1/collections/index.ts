import type { Route } from '../../../http/route.ts'
import { createCollection, deleteCollection, showCollection, updateCollection } from '../collections.ts'
import { addItem, removeItem, revokeItem } from './items.ts'

/** `/api/v1/collections` and all below it. */
export const collectionRoutes: readonly Route[] = [
  createCollection,
  deleteCollection,
  showCollection,
  updateCollection,
  addItem,
  removeItem,
  revokeItem,
]
