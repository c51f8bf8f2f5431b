import { type MediaAttachmentRow, PROCESSING_STATES, stored } from '@anancus/db'
import {
  deleteMediaRows,
  describeMedia,
  mediaById,
  unattachedMedia,
} from '@anancus/db/queries/media-attachments'
import type { Ctx } from '../../kernel/context.ts'
import { NotFoundError, ValidationError } from '../../kernel/errors.ts'
import type { Viewer } from '../../kernel/viewer.ts'
import { checkDescription, parseFocus, storedDescription } from './describe.ts'
import { deleteMediaFiles } from './store-image.ts'

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
 * Changes description and focus of an upload that no status has.
 *
 * @throws NotFoundError as `getUnattachedMedia`
 * @throws ValidationError the description is too long
 * @see https://docs.joinmastodon.org/methods/media/#update
 */
export async function describeUpload(
  ctx: Ctx,
  viewer: Viewer,
  id: string,
  change: { description?: string | undefined; focus?: string | undefined },
): Promise<MediaAttachmentRow> {
  await getUnattachedMedia(ctx, viewer, id)
  checkDescription(change.description)
  const { description } = change
  const row = await describeMedia(ctx.db, id, {
    description: description === undefined ? undefined : storedDescription(description),
    focus: parseFocus(change.focus),
  })
  if (!row) throw new NotFoundError()
  return row
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
