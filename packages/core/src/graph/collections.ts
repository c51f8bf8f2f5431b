import type { CollectionFacts, CollectionItemFacts } from '@anancus/db/queries/graph/collections'
import { collectionFactsByIds } from '@anancus/db/queries/graph/collections'
import type { Ctx } from '../kernel/context.ts'
import { InvariantError } from '../kernel/errors.ts'
import type { Graph } from './graph.ts'

const PENDING = 0
const ACCEPTED = 1

/** Loads the collections an answer shows. One statement, none when it shows none. */
export async function loadCollections(ctx: Ctx, graph: Graph, ids: readonly string[]): Promise<void> {
  const wanted = new Set([
    ...ids,
    ...graph.notifiedCollections.values(),
    ...[...graph.taggedCollections.values()].flat(),
  ])
  for (const id of wanted) graph.collections.set(id, null)
  for (const facts of await collectionFactsByIds(ctx.db, [...wanted]))
    graph.collections.set(facts.collection.id, facts)
}

/** Owners and members of the collections of a graph: accounts whose ties with the viewer decide what shows. */
export function accountsInCollections(graph: Graph): string[] {
  return [...graph.collections.values()].flatMap((facts) =>
    facts ? [facts.collection.account_id, ...facts.items.flatMap((item) => item.account_id ?? [])] : [],
  )
}

/** @throws InvariantError the graph was not loaded with it, or it is gone */
export function collectionIn(graph: Graph, id: string): CollectionFacts {
  const facts = graph.collections.get(id)
  if (!facts) throw new InvariantError(`The graph has no collection ${id}.`)
  return facts
}

/**
 * The places of a collection that its viewer sees, in order: those of accounts that agreed, to the owner also of those
 * who were asked. Suspended accounts are hidden, and whom the viewer blocks.
 */
export function shownItems(graph: Graph, facts: CollectionFacts): CollectionItemFacts[] {
  const isOwn = graph.viewer?.account.id === facts.collection.account_id
  return facts.items.filter((item) => {
    if (item.account === null || item.account.suspended_at !== null) return false
    if (item.state !== ACCEPTED && !(isOwn && item.state === PENDING)) return false
    return !graph.relations.get(item.account.id)?.blocking
  })
}

/** Whether a collection may be shown beside something else: its owner is not suspended and does not block the viewer. */
export function isCollectionShown(graph: Graph, facts: CollectionFacts | null | undefined): boolean {
  if (!facts || facts.owner.suspended_at !== null) return false
  return !graph.relations.get(facts.owner.id)?.blockedBy
}
