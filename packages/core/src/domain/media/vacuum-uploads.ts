import { deleteMediaRows } from '@anancus/db/queries/media-attachments'
import { orphanedMedia } from '@anancus/db/queries/vacuum'
import type { Ctx } from '../../kernel/context.ts'
import { deleteMediaFiles } from './store-image.ts'

const ORPHAN_AFTER_MS = 86_400_000
const BATCH = 200

/** Deletes uploads that nobody attached within a day. Files before rows: a crash in between leaves nothing behind. */
export async function vacuumUploads(ctx: Ctx): Promise<number> {
  return removeUnattached(ctx, new Date(ctx.clock.now().getTime() - ORPHAN_AFTER_MS))
}

/** Deletes attachments of no status, neither published nor scheduled, that are older than `before`; returns how many. */
export async function removeUnattached(ctx: Ctx, before: Date): Promise<number> {
  for (let total = 0; ; ) {
    const media = await orphanedMedia(ctx.db, before, BATCH)
    await deleteMediaFiles(ctx, media)
    await deleteMediaRows(
      ctx.db,
      media.map((row) => row.id),
    )
    total += media.length
    if (media.length < BATCH) return total
  }
}
