import { type AccountRow, stored, VISIBILITIES } from '@anancus/db'
import { featuredTagNames, pinnedStatuses } from '@anancus/db/queries/documents'
import {
  collectionJson,
  hashtagJson,
  noteJson,
  orderedCollectionJson,
  withContext,
} from '../../../activitypub/render/index.ts'
import type { Ctx } from '../../../kernel/context.ts'
import { actorPart, actorUri } from '../../../kernel/uris.ts'
import { loadNotes } from '../load-notes.ts'
import { isBlockedBy } from './is-blocked.ts'
import { type Served, served } from './served.ts'

const UNLISTED = stored(VISIBILITIES, 'unlisted')

/** The statuses an account pinned, whole; one for followers only is named. */
export async function readFeatured(ctx: Ctx, account: AccountRow, asker: AccountRow | null): Promise<Served> {
  const isRefused = asker !== null && (await isBlockedBy(ctx, account, asker))
  const pins = isRefused ? [] : await pinnedStatuses(ctx.db, account.id)
  const open = pins.filter((pin) => pin.visibility <= UNLISTED).map((pin) => pin.id)
  const graph = await loadNotes(ctx, open)
  const items = pins.map((pin) =>
    pin.visibility <= UNLISTED
      ? noteJson(graph, ctx.config, pin.id)
      : `${actorUri(ctx.config, account)}/statuses/${pin.id}`,
  )
  const id = actorPart(ctx.config, account, 'collections/featured')
  return served(
    withContext(orderedCollectionJson({ id, totalItems: items.length, items })),
    undefined,
    asker === null,
  )
}

/** The hashtags an account features. */
export async function readFeaturedTags(ctx: Ctx, account: AccountRow): Promise<Served> {
  const tags = await featuredTagNames(ctx.db, account.id)
  const id = actorPart(ctx.config, account, 'collections/tags')
  const items = tags.map((tag) => hashtagJson(ctx.config, tag.name, tag.display_name ?? tag.name))
  return served(withContext(collectionJson({ id, totalItems: items.length, items })))
}
