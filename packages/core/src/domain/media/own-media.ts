import { MEDIA_TYPES, type MediaAttachmentRow, named, PROCESSING_STATES, stored } from '@anancus/db'
import {
  deleteMediaRows,
  describeMedia,
  mediaById,
  setMediaThumbnail,
  unattachedMedia,
} from '@anancus/db/queries/media-attachments'
import type { Ctx } from '../../kernel/context.ts'
import { NotFoundError, ValidationError } from '../../kernel/errors.ts'
import type { Viewer } from '../../kernel/viewer.ts'
import { checkDescription, parseFocus, storedDescription } from './describe.ts'
import { deleteMediaFiles } from './store-image.ts'
import { deleteThumbnail, storeThumbnail } from './thumbnail.ts'

const COMPLETE = stored(PROCESSING_STATES, 'complete')
const FAILED = stored(PROCESSING_STATES, 'failed')

/** An upload of the viewer's that no status has. @throws NotFoundError somebody else's, attached, or none */
export async function getUnattachedMedia(ctx: Ctx, viewer: Viewer, id: string): Promise<MediaAttachmentRow> {
  const media = (await unattachedMedia(ctx.db, viewer.account.id, [id])).get(id)
  if (!media) throw new NotFoundError()
  return media
}

/** How far an upload is. Rows of before there were states are done. */
export function mediaState(media: MediaAttachmentRow): 'complete' | 'processing' | 'failed' {
  if (media.processing === null || media.processing === COMPLETE) return 'complete'
  return media.processing === FAILED ? 'failed' : 'processing'
}

/**
 * Changes description, focus and thumbnail of an upload that no status has. Pictures have no thumbnail but their own: one
 * that is sent for them is not looked at.
 *
 * @throws NotFoundError as `getUnattachedMedia`
 * @throws ValidationError the description is too long, or the thumbnail is no picture we take
 * @see https://docs.joinmastodon.org/methods/media/#update
 */
export async function describeUpload(
  ctx: Ctx,
  viewer: Viewer,
  id: string,
  change: {
    description?: string | undefined
    focus?: string | undefined
    thumbnail?: { path: string } | undefined
  },
): Promise<MediaAttachmentRow> {
  const media = await getUnattachedMedia(ctx, viewer, id)
  checkDescription(change.description)
  const { description, thumbnail } = change
  if (thumbnail && named(MEDIA_TYPES, media.type) !== 'image')
    await changeThumbnail(ctx, media, thumbnail.path)
  const row = await describeMedia(ctx.db, id, {
    description: description === undefined ? undefined : storedDescription(description),
    focus: parseFocus(change.focus),
  })
  if (!row) throw new NotFoundError()
  return row
}

async function changeThumbnail(ctx: Ctx, media: MediaAttachmentRow, path: string): Promise<void> {
  const thumbnail = await storeThumbnail(ctx, media, path)
  const row = await setMediaThumbnail(ctx.db, media.id, thumbnail, false)
  await deleteThumbnail(ctx, media, row ? media.thumbnail_file_name : thumbnail.file.name)
}

/**
 * Deletes an upload and its files.
 *
 * @throws NotFoundError somebody else's, or none
 * @throws ValidationError a status has it
 * @see https://docs.joinmastodon.org/methods/media/#delete
 */
export async function deleteUpload(ctx: Ctx, viewer: Viewer, id: string): Promise<void> {
  const media = await mediaById(ctx.db, id)
  if (media?.account_id !== viewer.account.id) throw new NotFoundError()
  if (media.status_id !== null || media.scheduled_status_id !== null)
    throw new ValidationError('Media attachment is currently used by a status')
  await deleteMediaFiles(ctx, await deleteMediaRows(ctx.db, [id]))
}
