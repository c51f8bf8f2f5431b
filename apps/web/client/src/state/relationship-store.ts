import type { Relationship } from '@anancus/core/entities/types'
import { createKeyedStore, type KeyedStore } from './store.ts'

export const relationships: KeyedStore<Relationship> = createKeyedStore()

export function importRelationship(relationship: Relationship): void {
  relationships.set(relationship.id, relationship)
}
