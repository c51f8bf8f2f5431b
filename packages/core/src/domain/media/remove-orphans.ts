import type { Ctx } from '../../kernel/context.ts'
import type { StoredObject } from '../../kernel/storage/index.ts'
import { ORPHAN_AGE_MS } from './limits.ts'
import { type Ownership, ownersOf } from './storage-owners.ts'

export interface OrphanOptions {
  /** Keys that begin so. */
  prefix?: string
  /** Keys after this one. */
  startAfter?: string
  /** Say anew who may read the files that are kept. */
  fixPermissions: boolean
  isDryRun: boolean
}

/** What a page of the store turned out to hold. */
export interface OrphanPage {
  seen: number
  /** The last key: where a run that breaks off may go on. */
  last: string
  removed: StoredObject[]
  /** Keys that none of our rows can have; they are left alone. */
  unrecognised: string[]
}

/**
 * Removes files that belong to no row, page by page. What was written within the last hour is left: its row may be on
 * its way.
 */
export async function* removeOrphans(ctx: Ctx, options: OrphanOptions): AsyncGenerator<OrphanPage> {
  const { prefix, startAfter } = options
  const pages = ctx.storage.list({
    ...(prefix === undefined ? {} : { prefix }),
    ...(startAfter === undefined ? {} : { startAfter }),
  })
  for await (const page of pages) {
    const owners = await ownersOf(
      ctx,
      page.map(({ key }) => key),
    )
    const youngest = ctx.clock.now().getTime() - ORPHAN_AGE_MS
    const kindOf = ({ key }: StoredObject) => owners.get(key)?.kind
    const removed = page.filter(
      (object) => kindOf(object) === 'orphan' && object.modifiedAt.getTime() <= youngest,
    )
    if (!options.isDryRun) {
      await ctx.storage.delete(removed.map(({ key }) => key))
      if (options.fixPermissions) await fixPermissions(ctx, owners)
    }
    yield {
      seen: page.length,
      last: page.at(-1)?.key ?? '',
      removed,
      unrecognised: page.filter((object) => kindOf(object) === 'unknown').map(({ key }) => key),
    }
  }
}

async function fixPermissions(ctx: Ctx, owners: ReadonlyMap<string, Ownership>): Promise<void> {
  for (const isHidden of [true, false]) {
    const keys = [...owners].filter(([, owner]) => owner.kind === 'owned' && owner.isHidden === isHidden)
    await ctx.storage.setPublic(
      keys.map(([key]) => key),
      !isHidden,
    )
  }
}
