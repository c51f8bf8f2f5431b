import type { MediaAttachmentRow } from '@anancus/db'
import { countMediaToRefresh, mediaToRefresh, type RefreshedMedia } from '@anancus/db/queries/cached-files'
import type { Ctx } from '../../kernel/context.ts'
import { type Batches, batchesOf } from './batches.ts'

/** Remote attachments to be fetched again: of a status, an account, a server with what lies below it, or of late. */
export function staleMedia(ctx: Ctx, query: RefreshedMedia): Batches<MediaAttachmentRow> {
  return batchesOf(
    () => countMediaToRefresh(ctx.db, query),
    (afterId, limit) => mediaToRefresh(ctx.db, query, afterId, limit),
  )
}
