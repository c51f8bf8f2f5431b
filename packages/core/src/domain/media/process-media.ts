import { createWriteStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { MEDIA_TYPES, type MediaAttachmentRow, PROCESSING_STATES, stored } from '@anancus/db'
import { mediaById, setMediaFile, setMediaProcessing } from '@anancus/db/queries/media-attachments'
import type { Ctx } from '../../kernel/context.ts'
import { PermanentJobError } from '../../kernel/errors.ts'
import { mediaKey } from '../../kernel/storage/keys.ts'
import { refusingForGood } from './fetch-remote-media.ts'
import { identifyImage } from './identify.ts'
import { identifyFilm } from './identify-film.ts'
import { processFilm } from './process-film.ts'
import { processImage } from './process-image.ts'
import { storeFilm } from './store-film.ts'
import { deleteMediaFiles, storeImage } from './store-image.ts'
import { withTemporaryPath } from './temporary-file.ts'
import { keepCover } from './thumbnail.ts'

const IMAGE = stored(MEDIA_TYPES, 'image')
const COMPLETE = stored(PROCESSING_STATES, 'complete')
const FAILED = stored(PROCESSING_STATES, 'failed')

/**
 * Makes what is served of a stored upload that was never finished, from its original: films and sounds, and rows of an
 * imported database or of a crash. Complete and failed ones are left. What nothing can be made of is `failed`.
 *
 * @throws PermanentJobError the original is nothing we can read
 */
export async function processMedia(ctx: Ctx, payload: { mediaAttachmentId: string }): Promise<void> {
  const media = await mediaById(ctx.db, payload.mediaAttachmentId)
  const key = media ? mediaKey(media, 'original') : null
  if (!media || key === null || isSettled(media)) return
  try {
    await refusingForGood(() =>
      withTemporaryPath(async (path) => {
        await pipeline(
          (await ctx.storage.get(key)).body,
          createWriteStream(path, { mode: 0o600, flags: 'wx' }),
        )
        await (media.type === IMAGE ? makeImage(ctx, media, path) : makeFilm(ctx, media, path))
      }),
    )
  } catch (error) {
    if (error instanceof PermanentJobError) {
      await setMediaProcessing(ctx.db, media.id, FAILED)
      await deleteSent(ctx, media)
    }
    throw error
  }
  await deleteSent(ctx, media)
}

/** What was sent is not kept beside what was made of it; the thumbnail is. */
async function deleteSent(ctx: Ctx, media: MediaAttachmentRow): Promise<void> {
  await deleteMediaFiles(ctx, [{ ...media, thumbnail_file_name: null }])
}

function isSettled({ processing }: MediaAttachmentRow): boolean {
  return processing === COMPLETE || processing === FAILED || processing === null
}

async function makeImage(ctx: Ctx, media: MediaAttachmentRow, path: string): Promise<void> {
  const { blurhash, meta, ...image } = await processImage(await identifyImage(ctx, path))
  const file = await storeImage(
    ctx,
    { ...media, file_storage_schema_version: 1 },
    { blurhash, meta, ...image },
  )
  await setMediaFile(ctx.db, media.id, { file, type: IMAGE, blurhash, meta, processing: COMPLETE })
}

async function makeFilm(ctx: Ctx, media: MediaAttachmentRow, path: string): Promise<void> {
  const film = await identifyFilm(path)
  if (!film) throw new PermanentJobError('neither a film nor a sound')
  await processFilm(film, async (made) => {
    const type = stored(MEDIA_TYPES, made.type)
    const file = await storeFilm(ctx, { ...media, type, file_storage_schema_version: 1 }, made)
    const { blurhash, meta } = made
    if (made.coverPath && media.thumbnail_file_name === null) await keepCover(ctx, media, made.coverPath)
    const row = await setMediaFile(ctx.db, media.id, { file, type, blurhash, meta, processing: COMPLETE })
    // Deleted while it was in work.
    if (!row)
      await deleteMediaFiles(ctx, [{ ...media, type, file_file_name: file.name, thumbnail_file_name: null }])
  })
}
