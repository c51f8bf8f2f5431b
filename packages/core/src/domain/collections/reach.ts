import { memberInboxes } from '@anancus/db/queries/collection-items'
import type { Document } from '../../activitypub/vocabulary.ts'
import { type CollectionFacts, type CollectionItemFacts, type Graph, loadGraph } from '../../graph/index.ts'
import type { Ctx } from '../../kernel/context.ts'
import { accountReach, sendActivity } from '../federation/index.ts'

/** A collection with the graph it was loaded in. */
export interface LoadedCollection {
  graph: Graph
  facts: CollectionFacts
}

/** Loads a collection for nobody in particular; null when it is gone. */
export async function loadCollection(ctx: Ctx, id: string): Promise<LoadedCollection | null> {
  const graph = await loadGraph(ctx, null, { collections: [id] })
  const facts = graph.collections.get(id)
  return facts ? { graph, facts } : null
}

export function itemIn(facts: CollectionFacts, itemId: string): CollectionItemFacts | null {
  return facts.items.find((item) => item.id === itemId) ?? null
}

/** The inboxes of everyone who may know a collection: the reach of its owner, and the remote accounts in it. */
export async function collectionReach(ctx: Ctx, facts: CollectionFacts): Promise<string[]> {
  const owner = await accountReach(ctx, facts.owner)
  return [...owner, ...(await memberInboxes(ctx.db, facts.collection.id))]
}

/** Tells everyone who may know a collection of ours, as its owner. Nobody is told by a collection of others. */
export async function tellReach(ctx: Ctx, facts: CollectionFacts, activity: Document): Promise<void> {
  if (!facts.collection.local || facts.owner.domain !== null) return
  await sendActivity(ctx, { signer: facts.owner, activity, inboxes: await collectionReach(ctx, facts) })
}
