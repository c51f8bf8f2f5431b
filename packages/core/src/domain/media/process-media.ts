import { buffer } from 'node:stream/consumers'
import { MEDIA_TYPES, PROCESSING_STATES, stored } from '@anancus/db'
import { mediaById, setMediaFile } from '@anancus/db/queries/media-attachments'
import type { Ctx } from '../../kernel/context.ts'
import { mediaKey } from '../../kernel/storage/keys.ts'
import { refusingForGood } from './fetch-remote-media.ts'
import { identifyImage } from './identify.ts'
import { processImage } from './process-image.ts'
import { deleteMediaFiles, storeImage } from './store-image.ts'
import { withTemporaryFile } from './temporary-file.ts'

const IMAGE = stored(MEDIA_TYPES, 'image')
const COMPLETE = stored(PROCESSING_STATES, 'complete')

/**
 * Makes the versions of a stored picture that was never finished, from its original: rows of an imported database, or
 * of a crash. Complete ones are left.
 *
 * @throws PermanentJobError the original is no picture
 */
export async function processMedia(ctx: Ctx, payload: { mediaAttachmentId: string }): Promise<void> {
  const media = await mediaById(ctx.db, payload.mediaAttachmentId)
  const key = media?.type === IMAGE ? mediaKey(media, 'original') : null
  if (!media || key === null || media.processing === COMPLETE || media.processing === null) return
  const { body } = await ctx.storage.get(key)
  const image = await refusingForGood(async () =>
    withTemporaryFile(await buffer(body), async (path) => processImage(await identifyImage(ctx, path))),
  )
  const file = await storeImage(ctx, { ...media, file_storage_schema_version: 1 }, image)
  const { blurhash, meta } = image
  await setMediaFile(ctx.db, media.id, { file, type: IMAGE, blurhash, meta, processing: COMPLETE })
  await deleteMediaFiles(ctx, [media])
}
