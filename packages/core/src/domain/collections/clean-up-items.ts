import { deleteEndedItems } from '@anancus/db/queries/collection-items'
import type { Ctx } from '../../kernel/context.ts'
import { ENDED_ITEMS_BATCH, ENDED_ITEMS_HOURS } from './limits.ts'

const HOUR_MS = 3_600_000

/** Deletes the places in collections that were refused or taken back a day ago. What `cleanUpCollectionsJob` runs. */
export async function cleanUpCollections(ctx: Ctx): Promise<void> {
  const before = new Date(ctx.clock.now().getTime() - ENDED_ITEMS_HOURS * HOUR_MS)
  while ((await deleteEndedItems(ctx.db, before, ENDED_ITEMS_BATCH)) === ENDED_ITEMS_BATCH);
}
