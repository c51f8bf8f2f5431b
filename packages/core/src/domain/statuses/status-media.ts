import { isId, MEDIA_TYPES, type MediaAttachmentRow, named, PROCESSING_STATES, stored } from '@anancus/db'
import { unattachedMedia } from '@anancus/db/queries/media-attachments'
import type { Ctx } from '../../kernel/context.ts'
import { ValidationError } from '../../kernel/errors.ts'
import { MAX_STATUS_MEDIA } from './limits.ts'

const COMPLETE = stored(PROCESSING_STATES, 'complete')

/**
 * The uploads a status is to carry, in the order asked for.
 *
 * @param attached what hangs on the status already and may stay
 * @throws ValidationError too many, not theirs, attached elsewhere, still being processed, or film among pictures
 */
export async function mediaForStatus(
  ctx: Ctx,
  accountId: string,
  mediaIds: readonly string[],
  attached: readonly MediaAttachmentRow[] = [],
): Promise<MediaAttachmentRow[]> {
  const ids = [...new Set(mediaIds.filter((id) => id !== ''))]
  if (ids.length > MAX_STATUS_MEDIA)
    throw new ValidationError(`Cannot attach more than ${MAX_STATUS_MEDIA} files`)
  const known = new Map(attached.map((media) => [media.id, media]))
  const free = await unattachedMedia(
    ctx.db,
    accountId,
    ids.filter((id) => isId(id) && !known.has(id)),
  )
  const media = ids.map((id) => known.get(id) ?? free.get(id))
  const missing = ids.filter((_, index) => media[index] === undefined)
  if (missing.length > 0) throw mediaGone(missing)
  const found = media.filter((item) => item !== undefined)
  refuseMixture(found)
  return found
}

/** The refusal of uploads that are not there, or not free any more. */
export function mediaGone(ids: readonly string[]): ValidationError {
  return new ValidationError(`Media ${ids.join(', ')} not found or already attached to another post`)
}

function refuseMixture(media: readonly MediaAttachmentRow[]): void {
  const moves = (item: MediaAttachmentRow) => ['video', 'audio'].includes(named(MEDIA_TYPES, item.type))
  if (media.length > 1 && media.some(moves))
    throw new ValidationError('Cannot attach a video to a post that already contains images')
  if (media.some((item) => item.processing !== null && item.processing !== COMPLETE))
    throw new ValidationError('Cannot attach files that have not finished processing. Try again in a moment!')
}
