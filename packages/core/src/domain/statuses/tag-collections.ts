import {
  linkTaggedCollection,
  setTaggedCollections,
  type TaggedCollection,
} from '@anancus/db/queries/tagged-objects'
import { resolveTaggedCollectionJob } from '../../jobs/index.ts'
import type { Ctx } from '../../kernel/context.ts'
import { enqueue } from '../../kernel/enqueue.ts'
import { extractLinks } from '../../kernel/text/extract.ts'
import { collectionUri } from '../../kernel/uris.ts'
import { fetchBudget } from '../accounts/index.ts'
import { knownCollections, resolveCollection } from '../collections/index.ts'
import { MAX_LINKED_COLLECTIONS } from './limits.ts'

/** Notes which collections of accounts the text of a local status links to, as far as they are known. Nobody is asked. */
export async function tagLinkedCollections(tx: Ctx, statusId: string, text: string): Promise<void> {
  const links = extractLinks(text).slice(0, MAX_LINKED_COLLECTIONS)
  if (links.length === 0) return
  const found = await knownCollections(tx, links)
  if (found.length > 0)
    await setTaggedCollections(
      tx.db,
      statusId,
      found.map((each) => tagged(tx, each)),
    )
}

/** As `tagLinkedCollections` for an edited text: what it links to no more is forgotten. */
export async function retagLinkedCollections(tx: Ctx, statusId: string, text: string): Promise<void> {
  const found = await knownCollections(tx, extractLinks(text).slice(0, MAX_LINKED_COLLECTIONS))
  await setTaggedCollections(
    tx.db,
    statusId,
    found.map((each) => tagged(tx, each)),
  )
}

function tagged(ctx: Ctx, collection: Parameters<typeof collectionUri>[1]): TaggedCollection {
  return { uri: collectionUri(ctx.config, collection), collectionId: collection.id }
}

/** Notes which collections a remote status says it links to; unknown ones are fetched by a job. */
export async function tagRemoteCollections(
  tx: Ctx,
  statusId: string,
  named: readonly string[],
): Promise<void> {
  const uris = [...new Set(named)].slice(0, MAX_LINKED_COLLECTIONS)
  const known = new Map(
    (await knownCollections(tx, uris)).map((each) => [collectionUri(tx.config, each), each.id]),
  )
  await setTaggedCollections(
    tx.db,
    statusId,
    uris.map((uri) => ({ uri, collectionId: known.get(uri) ?? null })),
  )
  for (const uri of uris)
    if (!known.has(uri)) await enqueue(tx, resolveTaggedCollectionJob, { statusId, uri })
}

/**
 * Fetches a collection a status links to, and links the two. What `resolveTaggedCollectionJob` runs.
 *
 * @throws RemoteServerError its server did not answer
 */
export async function resolveTaggedCollection(
  ctx: Ctx,
  payload: { statusId: string; uri: string },
): Promise<void> {
  const collection = await resolveCollection(ctx, payload.uri, { budget: fetchBudget() })
  if (collection && collectionUri(ctx.config, collection) === payload.uri)
    await linkTaggedCollection(ctx.db, payload.statusId, payload.uri, collection.id)
}
