import { writeFile } from 'node:fs/promises'
import { MEDIA_TYPES, type MediaAttachmentRow, named, PROCESSING_STATES, stored } from '@anancus/db'
import { mediaById, setMediaFile } from '@anancus/db/queries/media-attachments'
import { noteExtraBytes } from '@anancus/db/queries/media-cache-files'
import type { Ctx } from '../../kernel/context.ts'
import { PermanentJobError } from '../../kernel/errors.ts'
import { withLock } from '../../kernel/lock.ts'
import { download } from './download.ts'
import { isFromRejected, refusingForGood } from './fetch-remote-media.ts'
import { hasRoom } from './has-room.ts'
import { identifyFilm } from './identify-film.ts'
import { FILM_DEADLINE_MS, FILM_LOCK_MS, MAX_VIDEO_BYTES } from './limits.ts'
import { processFilm } from './process-film.ts'
import { storeFilm } from './store-film.ts'
import { deleteMediaFiles } from './store-image.ts'
import { withTemporaryPath } from './temporary-file.ts'

const COMPLETE = stored(PROCESSING_STATES, 'complete')
const FILMS: ReadonlySet<string> = new Set(['video', 'gifv', 'audio'])

/** Whether a row is the address of a film or a sound that is not in our store. */
export function isFetchableFilm(media: MediaAttachmentRow): boolean {
  return isRemoteFilm(media) && media.file_file_name === null
}

export function isRemoteFilm(media: MediaAttachmentRow): boolean {
  return media.remote_url !== '' && FILMS.has(named(MEDIA_TYPES, media.type))
}

/**
 * Downloads a remote film or sound into our store, made anew as an upload is. Nothing happens to what is here already, is
 * gone, comes from a server whose media a moderator refuses, or finds the disk nearly full.
 *
 * @throws PermanentJobError there is no such film to be had, or none we take
 * @throws RemoteServerError its server does not answer now
 * @throws RaceError somebody else brings it
 */
export async function fetchFilm(ctx: Ctx, payload: { mediaAttachmentId: string }): Promise<void> {
  await withLock(ctx, `media_download:${payload.mediaAttachmentId}`, FILM_LOCK_MS, async () => {
    const media = await mediaById(ctx.db, payload.mediaAttachmentId)
    if (media && isFetchableFilm(media)) await bringFilm(ctx, media)
  })
}

/** Null: nothing was brought. The files of before are left to the caller. */
export async function bringFilm(ctx: Ctx, media: MediaAttachmentRow): Promise<MediaAttachmentRow | null> {
  if (!(await hasRoom(ctx)) || (await isFromRejected(ctx, media))) return null
  return withTemporaryPath(async (path) => {
    await writeFile(path, await download(ctx, media.remote_url, MAX_VIDEO_BYTES, FILM_DEADLINE_MS), {
      mode: 0o600,
      flag: 'wx',
    })
    return refusingForGood(() => makeFilm(ctx, media, path))
  })
}

async function makeFilm(
  ctx: Ctx,
  media: MediaAttachmentRow,
  path: string,
): Promise<MediaAttachmentRow | null> {
  const film = await identifyFilm(path)
  if (!film) throw new PermanentJobError('neither a film nor a sound')
  return processFilm(film, async (made) => {
    const type = stored(MEDIA_TYPES, made.type)
    const place = { ...media, type, file_storage_schema_version: 1 }
    const file = await storeFilm(ctx, place, made)
    const { blurhash, meta } = made
    const row = await setMediaFile(ctx.db, media.id, { file, type, blurhash, meta, processing: COMPLETE })
    if (row) await noteExtraBytes(ctx.db, 'attachment', media.id, made.preview?.length ?? 0)
    else await deleteMediaFiles(ctx, [{ ...place, file_file_name: file.name, thumbnail_file_name: null }])
    return row
  })
}
