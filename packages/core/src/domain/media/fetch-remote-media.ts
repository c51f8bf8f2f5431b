import { MEDIA_TYPES, type MediaAttachmentRow, named, PROCESSING_STATES, stored } from '@anancus/db'
import { accountById } from '@anancus/db/queries/accounts'
import { mediaById, setMediaFile } from '@anancus/db/queries/media-attachments'
import { noteExtraBytes } from '@anancus/db/queries/media-cache-files'
import type { Ctx } from '../../kernel/context.ts'
import { PermanentJobError, ValidationError } from '../../kernel/errors.ts'
import { download, isMediaRejected } from './download.ts'
import { hasRoom } from './has-room.ts'
import { identifyImage } from './identify.ts'
import { MAX_IMAGE_BYTES } from './limits.ts'
import { processImage } from './process-image.ts'
import { deleteMediaFiles, storeImage } from './store-image.ts'
import { withTemporaryFile } from './temporary-file.ts'

const COMPLETE = stored(PROCESSING_STATES, 'complete')

/**
 * Downloads a remote picture into our store, made anew as an upload is. Films and sounds stay where they are. Nothing
 * happens to what is stored already, is gone, or comes from a server whose media a moderator refuses; nor while the disk is
 * nearly full.
 *
 * @throws PermanentJobError there is no such picture to be had
 * @throws RemoteServerError its server does not answer now
 */
export async function fetchRemoteMedia(ctx: Ctx, payload: { mediaAttachmentId: string }): Promise<void> {
  const media = await mediaById(ctx.db, payload.mediaAttachmentId)
  if (media && isFetchable(media) && (await hasRoom(ctx))) await bringImage(ctx, media)
}

/** Null: nothing was brought. The files of before are left to the caller. */
export async function bringImage(ctx: Ctx, media: MediaAttachmentRow): Promise<MediaAttachmentRow | null> {
  if (await isFromRejected(ctx, media)) return null
  const bytes = await download(ctx, media.remote_url, MAX_IMAGE_BYTES)
  const image = await refusingForGood(() =>
    withTemporaryFile(bytes, async (path) => processImage(await identifyImage(ctx, path))),
  )
  const place = { ...media, file_storage_schema_version: 1 }
  const file = await storeImage(ctx, place, image)
  const { type, blurhash } = { type: media.type, blurhash: image.blurhash }
  const row = await setMediaFile(ctx.db, media.id, {
    file,
    type,
    blurhash,
    meta: image.meta,
    processing: COMPLETE,
  })
  if (row) await noteExtraBytes(ctx.db, 'attachment', media.id, image.small.length)
  else await deleteMediaFiles(ctx, [{ ...place, file_file_name: file.name, thumbnail_file_name: null }])
  return row
}

/** Whether a row is the address of a picture that is not in our store. */
export function isFetchable(media: MediaAttachmentRow): boolean {
  return (
    media.remote_url !== '' && media.file_file_name === null && named(MEDIA_TYPES, media.type) === 'image'
  )
}

/** Whether an attachment is of an account from whose server a moderator wants no files. */
export async function isFromRejected(ctx: Ctx, media: MediaAttachmentRow): Promise<boolean> {
  const account = media.account_id === null ? null : await accountById(ctx.db, media.account_id)
  return account?.domain ? isMediaRejected(ctx, account.domain) : false
}

/** What is no picture now will be none at the next try. */
export async function refusingForGood<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof ValidationError) throw new PermanentJobError(error.message, error)
    throw error
  }
}
