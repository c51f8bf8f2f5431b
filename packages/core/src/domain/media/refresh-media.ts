import { MEDIA_TYPES, type MediaAttachmentRow, named } from '@anancus/db'
import { countMediaToRefresh, mediaToRefresh, type RefreshedMedia } from '@anancus/db/queries/cached-files'
import type { Ctx } from '../../kernel/context.ts'
import { type Batches, batchesOf } from './batches.ts'
import { bringFilm, isRemoteFilm } from './fetch-film.ts'
import { bringImage } from './fetch-remote-media.ts'
import { hasRoom } from './has-room.ts'
import { deleteMediaFiles } from './store-image.ts'

/** Remote attachments to be fetched again: of a status, an account, a server with what lies below it, or of late. */
export function staleMedia(ctx: Ctx, query: RefreshedMedia): Batches<MediaAttachmentRow> {
  return batchesOf(
    () => countMediaToRefresh(ctx.db, query),
    (afterId, limit) => mediaToRefresh(ctx.db, query, afterId, limit),
  )
}

/**
 * Downloads a remote attachment again, whether or not we have it; the copy we have goes when the new one is here.
 *
 * @returns the bytes of the new copy; null for what we do not copy, take nothing from, or have no room for
 * @throws PermanentJobError there is no such file to be had
 * @throws RemoteServerError its server does not answer now
 */
export async function refetchRemoteMedia(ctx: Ctx, media: MediaAttachmentRow): Promise<number | null> {
  const row = await bringAgain(ctx, media)
  if (row && media.file_file_name !== null)
    await deleteMediaFiles(ctx, [{ ...media, thumbnail_file_name: null }])
  return row?.file_file_size ?? null
}

async function bringAgain(ctx: Ctx, media: MediaAttachmentRow): Promise<MediaAttachmentRow | null> {
  if (isRemoteFilm(media)) return bringFilm(ctx, media)
  if (media.remote_url === '' || named(MEDIA_TYPES, media.type) !== 'image') return null
  return (await hasRoom(ctx)) ? bringImage(ctx, media) : null
}
